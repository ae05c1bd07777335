/* Generated from the JSON Schema of the same name by `npm run generate`. */

export type FieldType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null'
/**
 * Personal data of this kind: offered for hashing. On an object it covers all inside.
 */
export type SensitiveKind =
  'email' | 'phone' | 'person_name' | 'external_id' | 'ip' | 'address' | 'url' | 'free_text'

/**
 * A record's fields, as a small part of JSON Schema. Types decide columns: string text, integer 64-bit integer, number double, boolean boolean, object and array JSON text, several scalar types text.
 */
export interface RecordSchema {
  $schema?: string
  title?: string
  description?: string
  type: 'object'
  properties: {
    [k: string]: Field
  }
}
export interface Field {
  type: FieldType | [FieldType, ...FieldType[]]
  description?: string
  /**
   * What the value means, for people: unix-seconds, unix-millis, date-time, date, html, uri, email.
   */
  format?: string
  properties?: {
    [k: string]: Field
  }
  items?: Field
  additionalProperties?: boolean | Field
  'x-sensitive'?: SensitiveKind
  /**
   * An identifier: lands as text even where the API sends a number.
   */
  'x-id'?: boolean
  /**
   * Never synced, and why.
   */
  'x-omit'?: string
  /**
   * Where the field is known from, if not from the API's own description.
   */
  'x-source'?: string
}
