import type { Field, RecordSchema, SensitiveKind } from '@penstock/schemas/generated/record.ts'

/** A path of a record that holds personal data, and of which kind. */
export interface SensitivePath {
  readonly path: string
  readonly kind: SensitiveKind
}

/** The paths that a record schema marks as sensitive, outermost only: a mark on an object covers all inside. Omitted fields are left out. */
export function sensitivePaths(schema: RecordSchema): readonly SensitivePath[] {
  return insideOf(schema.properties, '')
}

function insideOf(properties: Readonly<Record<string, Field>>, prefix: string): readonly SensitivePath[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    if (field['x-omit'] !== undefined) return []
    const path = prefix + name
    const kind = field['x-sensitive']
    if (kind !== undefined) return [{ path, kind }]
    let inner = field
    while (inner.items) inner = inner.items
    return inner['x-sensitive'] === undefined
      ? insideOf(inner.properties ?? {}, `${path}.`)
      : [{ path, kind: inner['x-sensitive'] }]
  })
}
