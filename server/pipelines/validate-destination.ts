import type { DestinationChoice } from '@penstock/schemas/generated/pipeline.ts'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import type { Problem } from './problem.ts'
import { missingSetting, validateSettings } from './validate-settings.ts'

/** What a type of destination asks for, as the registry of destinations says it. */
export interface DestinationSettings {
  readonly title: string
  readonly settings: Readonly<
    Record<string, { readonly title: string; readonly secret?: boolean; readonly optional?: boolean }>
  >
}

const at = ['destination', 'connection']

/**
 * Whether the destination's type exists, its schema can be made there, and its connection, where that stands in the document (`inline`), has
 * the settings it needs.
 */
export function validateDestination(
  { type, connection, schema }: DestinationChoice,
  destinations: ReadonlyMap<string, DestinationSettings>,
  inline = true,
): readonly Problem[] {
  const known = destinations.get(type)
  if (known === undefined) return [unknownType(type, [...destinations.keys()])]
  const named = validateSchema(type, schema)
  if (!inline) return named
  if (typeof connection === 'string')
    return [
      ...named,
      {
        pointer: '/destination/connection',
        message: 'A saved connection can be used in the app only.',
        fix: `In a file, give the settings inline: ${Object.keys(known.settings).join(', ')}.`,
      },
    ]
  const missing = Object.entries(known.settings).filter(
    ([name, rule]) => !rule.optional && connection[name] === undefined,
  )
  return [
    ...named,
    ...validateSettings(at, connection, known.settings),
    ...missing.map(([name, rule]) => missingSetting(at, name, rule)),
  ]
}

/** Of a longer name PostgreSQL keeps the first 63 bytes, and then does not find it again. */
const longestSchema = 63

function validateSchema(type: string, schema: string): readonly Problem[] {
  const pointer = '/destination/schema'
  const fix = 'Choose another name, such as intercom.'
  const isOwn = type === 'postgres' ? /^(?:pg_|information_schema$)/i : /^(?:pg_catalog|information_schema)$/i
  if (isOwn.test(schema))
    return [{ pointer, message: `The database keeps the schema ${schema} for what is its own.`, fix }]
  if (type === 'postgres' && Buffer.byteLength(schema) > longestSchema)
    return [{ pointer, message: `PostgreSQL takes names of ${longestSchema} bytes at most.`, fix }]
  return []
}

function unknownType(type: string, known: readonly string[]): Problem {
  const near = nearestWord(type, known)
  return {
    pointer: '/destination/type',
    message: `There is no destination of type ${type}.`,
    fix: near ? `Did you mean ${near}?` : `Choose from: ${known.join(', ')}.`,
  }
}
