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

/** Whether the destination's type exists, and, where its connection stands in the document (`inline`), has the settings it needs. */
export function validateDestination(
  { type, connection }: DestinationChoice,
  destinations: ReadonlyMap<string, DestinationSettings>,
  inline = true,
): readonly Problem[] {
  const known = destinations.get(type)
  if (known === undefined) return [unknownType(type, [...destinations.keys()])]
  if (!inline) return []
  if (typeof connection === 'string')
    return [
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
    ...validateSettings(at, connection, known.settings),
    ...missing.map(([name, rule]) => missingSetting(at, name, rule)),
  ]
}

function unknownType(type: string, known: readonly string[]): Problem {
  const near = nearestWord(type, known)
  return {
    pointer: '/destination/type',
    message: `There is no destination of type ${type}.`,
    fix: near ? `Did you mean ${near}?` : `Choose from: ${known.join(', ')}.`,
  }
}
