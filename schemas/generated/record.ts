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
  $id?: string
  $comment?: string
  /**
   * Accepted and not looked at, as in fields.
   */
  required?: string[]
  /**
   * Accepted and not looked at.
   */
  additionalProperties?: boolean
  title?: string
  description?: string
  type: 'object'
  properties: {
    [k: string]: Field
  }
}
export interface Field {
  /**
   * What JSON calls the value: string, integer, number, boolean, object, array, null; or a list of them.
   */
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
  title?: string
  $comment?: string
  /**
   * Accepted and not looked at.
   */
  enum?: unknown
  /**
   * Accepted and not looked at.
   */
  const?: unknown
  /**
   * Accepted and not looked at.
   */
  default?: unknown
  /**
   * Accepted and not looked at.
   */
  example?: unknown
  /**
   * Accepted and not looked at.
   */
  examples?: unknown
  /**
   * Accepted and not looked at.
   */
  deprecated?: unknown
  /**
   * Accepted and not looked at.
   */
  readOnly?: unknown
  /**
   * Accepted and not looked at.
   */
  writeOnly?: unknown
  /**
   * Accepted and not looked at.
   */
  nullable?: unknown
  /**
   * Accepted and not looked at.
   */
  required?: unknown
  /**
   * Accepted and not looked at.
   */
  minimum?: unknown
  /**
   * Accepted and not looked at.
   */
  maximum?: unknown
  /**
   * Accepted and not looked at.
   */
  exclusiveMinimum?: unknown
  /**
   * Accepted and not looked at.
   */
  exclusiveMaximum?: unknown
  /**
   * Accepted and not looked at.
   */
  multipleOf?: unknown
  /**
   * Accepted and not looked at.
   */
  minLength?: unknown
  /**
   * Accepted and not looked at.
   */
  maxLength?: unknown
  /**
   * Accepted and not looked at.
   */
  pattern?: unknown
  /**
   * Accepted and not looked at.
   */
  minItems?: unknown
  /**
   * Accepted and not looked at.
   */
  maxItems?: unknown
  /**
   * Accepted and not looked at.
   */
  uniqueItems?: unknown
  /**
   * Accepted and not looked at.
   */
  minProperties?: unknown
  /**
   * Accepted and not looked at.
   */
  maxProperties?: unknown
  /**
   * Where the field is known from, if not from the API's own description.
   */
  'x-source'?: string
}
