/* Generated from the JSON Schema of the same name by `npm run generate`. */

export type SavedConnection = string
export type SettingValue = string | number | boolean | SecretReference
export type ObjectChoice = {
  /**
   * When first started, pick up records from: a date (midnight UTC) or a date-time.
   */
  startAt?: string
  /**
   * Path → protection. What is not named is replicated as is.
   */
  fields?: {
    [k: string]: Protection
  }
} | null
export type Protection = 'replicate' | 'hash' | 'exclude'
export type Schedule = Interval | CronSchedule

/**
 * What a person draws: objects of a connection, how they are protected, a destination, a schedule. Canvas positions live beside it.
 */
export interface Pipeline {
  name: string
  source: Source
  objects: {
    [k: string]: ObjectChoice
  }
  schemaChanges?: 'auto_sync' | 'block'
  /**
   * With auto_sync, what happens to a field that was not known before.
   */
  newFields?: 'hash_sensitive' | 'replicate' | 'hash'
  /**
   * At most so many API operations at once.
   */
  concurrency?: number
  schedule?: Schedule
  destination: DestinationChoice
}
export interface Source {
  /**
   * A connector's name, or the path of a manifest folder, from the document's own.
   */
  connector: string
  /**
   * A saved connection's id, or its settings.
   */
  connection: SavedConnection | InlineConnection
}
export interface InlineConnection {
  region?: string
  /**
   * For sandboxes and tests; its host must be the manifest's or allowed by the operator.
   */
  apiBaseUrl?: string
  [k: string]: SettingValue | string | undefined
}
/**
 * A secret is only ever named, never written down.
 */
export interface SecretReference {
  /**
   * The environment variable that holds it.
   */
  env: string
}
export interface Interval {
  /**
   * A number of m, h or d: 15m to 1d.
   */
  every: string
}
export interface CronSchedule {
  cron: string
  /**
   * An IANA name; absent: UTC.
   */
  timezone?: string
}
export interface DestinationChoice {
  type: string
  connection:
    | string
    | {
        [k: string]: SettingValue
      }
  /**
   * The namespace the tables land in.
   */
  schema: string
}
