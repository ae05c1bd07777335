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
  refuseUnkeepable(document)
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

/** Throws `INVALID` for JSON that is too large, or holds what PostgreSQL cannot keep: U+0000, and halves of characters. */
export function refuseUnkeepable(json: Readonly<Record<string, unknown>>): void {
  const text = JSON.stringify(json)
  if (text.length > longest)
    throw new DomainError('INVALID', 'The document is larger than 2 MB. Split the pipeline in two.')
  // JSON.stringify writes both as escapes; a backslash of the text's own is doubled.
  if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(text))
    throw new DomainError('INVALID', 'The document holds a character that cannot be kept. Write it anew.')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
