import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Field, SensitiveKind } from '@penstock/schemas/generated/record.ts'
import { covers, keyFields } from '../pipelines/validate-protection.ts'
import type { KeyField } from '../pipelines/validate-protection.ts'

/** A field as the editor's grid shows it. */
export interface FieldDescription {
  /** Dotted; a list is passed through without an index. */
  readonly path: string
  /** string, integer, number, boolean, object, array; several are joined with `|`. */
  readonly type: string
  readonly description?: string
  /** As the manifest marks it; what lies inside a marked object is covered by it. */
  readonly sensitive: SensitiveKind | null
  /** Why it can be neither hashed nor excluded; null where it can. */
  readonly lockedBecause: string | null
}

/** Every field of an object that is ever synced, those inside objects and lists below the field that holds them. */
export function listFields(object: string, connector: Connector): FieldDescription[] {
  const schema = connector.records.get(object)
  const keys = keyFields(object, connector)
  return schema ? fieldsOf(schema.properties, '', keys) : []
}

function fieldsOf(
  properties: Readonly<Record<string, Field>>,
  parent: string,
  keys: readonly KeyField[],
): FieldDescription[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    if (field['x-omit'] !== undefined) return []
    const path = parent === '' ? name : `${parent}.${name}`
    return [describe(path, field, keys), ...fieldsOf(elementOf(field).properties ?? {}, path, keys)]
  })
}

function describe(path: string, field: Field, keys: readonly KeyField[]): FieldDescription {
  return {
    path,
    type: typeOf(field),
    ...(field.description === undefined ? {} : { description: field.description }),
    sensitive: field['x-sensitive'] ?? elementOf(field)['x-sensitive'] ?? null,
    lockedBecause: explainLock(path, keys),
  }
}

/** An identifier lands as text, whatever the API sends. */
function typeOf(field: Field): string {
  if (field['x-id'] === true) return 'string'
  const types = [field.type].flat().filter((type) => type !== 'null')
  return types.length === 0 ? 'string' : types.join('|')
}

function elementOf(field: Field): Field {
  return field.items ? elementOf(field.items) : field
}

function explainLock(path: string, keys: readonly KeyField[]): string | null {
  const key = keys.find((one) => covers(path, one.path))
  if (!key) return null
  return key.path === path ? `It is ${key.role}.` : `It holds ${key.path}, which is ${key.role}.`
}
