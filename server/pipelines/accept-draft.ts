import { DomainError } from '../domain-error.ts'
import type { Draft } from '../store/pipeline-rows.ts'

/** The most a draft may be as JSON, in characters: a thousand objects with forty protected fields each. */
const longest = 2_000_000

/**
 * A document on its way into a draft: sound or not, but nothing that must not be kept. Throws `INVALID` where a connection's settings
 * stand in it, since a secret among them would be stored in the clear. An object chosen without a word (`contacts:` in YAML) becomes `{}`.
 */
export function acceptDraft(document: Readonly<Record<string, unknown>>): Draft {
  for (const side of ['source', 'destination'] as const)
    if (isObject(document[side]) && isObject(document[side]['connection']))
      throw new DomainError(
        'INVALID',
        `A pipeline names a saved connection: the settings of its ${side} do not belong in the document. Save them as a connection first.`,
      )
  if (JSON.stringify(document).length > longest)
    throw new DomainError('INVALID', 'The document is larger than 2 MB. Split the pipeline in two.')
  const { objects } = document
  const chosen = isObject(objects)
    ? {
        objects: Object.fromEntries(
          Object.entries(objects).map(([name, choice]) => [name, choice === null ? {} : choice]),
        ),
      }
    : {}
  // A draft may be anything; whoever uses it as a pipeline parses it first.
  return { ...document, ...chosen } as Draft
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
