import { compile } from 'json-schema-to-typescript'
import type { Field, RecordSchema } from './generated/record.ts'

/**
 * TypeScript interfaces of records, for people who look at a manifest: one for each object, named for it (`ContactTag`). Takes schemas that
 * were checked (parseRecordSchema): those name no other file.
 */
export async function describeTypes(records: ReadonlyMap<string, RecordSchema>): Promise<string> {
  const parts: string[] = []
  for (const [object, { description, properties }] of records) {
    const schema = {
      type: 'object' as const,
      description,
      properties: kept(properties),
      additionalProperties: false,
    }
    parts.push(await compile(schema, nameOf(object), options))
  }
  return parts.map(indent).join('\n')
}

/** The generator's own formatter takes longer than all the rest. */
function indent(source: string): string {
  let depth = 0
  return source
    .split('\n')
    .map((line) => {
      if (line.startsWith('}')) depth -= 1
      const indented = line === '' ? '' : '  '.repeat(depth) + line
      if (line.endsWith('{')) depth += 1
      return indented
    })
    .join('\n')
}

const options = {
  bannerComment: '',
  additionalProperties: false,
  unknownAny: true,
  format: false,
  $refOptions: { resolve: { external: false } },
} as const

/** Without what is never synced. */
function kept(properties: Readonly<Record<string, Field>>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, field]) =>
      field['x-omit'] === undefined ? [[name, keptField(field)]] : [],
    ),
  )
}

function keptField(field: Field): object {
  const { type, description, properties, items, additionalProperties } = field
  return {
    type,
    ...(description === undefined ? {} : { description }),
    ...(properties ? { properties: kept(properties) } : {}),
    ...(items ? { items: keptField(items) } : {}),
    additionalProperties:
      typeof additionalProperties === 'object'
        ? keptField(additionalProperties)
        : (additionalProperties ?? !properties),
  }
}

/** contact_tag → ContactTag. */
function nameOf(object: string): string {
  return object
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
