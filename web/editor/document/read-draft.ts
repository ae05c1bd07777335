import type { DraftDocument } from './draft-document.ts'
import { isRecord, pointerTo } from './json-pointer.ts'
import { documentStrings as words } from '../../strings/editor-document.ts'

/** What stops a value from being a draft: where, and why. */
export interface ShapeProblem {
  readonly pointer: string
  readonly message: string
  readonly fix: string
}

/** A draft, or every reason why the value is none. */
export type ReadDraft = { readonly document: DraftDocument } | { readonly problems: readonly ShapeProblem[] }

type Check = (value: unknown, at: readonly string[]) => readonly ShapeProblem[]

/**
 * Takes a value from outside (YAML that someone typed, a stored draft) for a draft, or says what is wrong with its shape.
 * Parts may be missing; a part that is there must have the right form, because every view relies on it.
 */
export function readDraft(value: unknown): ReadDraft {
  const problems = checkDraft(value, [])
  if (problems.length > 0 || !isDraft(value)) return { problems }
  return { document: value }
}

/** The one place where an outside value becomes a draft: `checkDraft` has looked at every part of it. */
function isDraft(value: unknown): value is DraftDocument {
  return checkDraft(value, []).length === 0
}

const protections = ['replicate', 'hash', 'exclude']

const isText: Check = (value, at) => (typeof value === 'string' ? [] : [wrong(at, words.shape.text)])
const isCount: Check = (value, at) => (typeof value === 'number' ? [] : [wrong(at, words.shape.number)])

const isConnection: Check = (value, at) =>
  typeof value === 'string' || isRecord(value) ? [] : [wrong(at, words.shape.connection)]

const isChoice: Check = (value, at) =>
  value === null ? [] : mapOf({ startAt: isText, fields: eachOf(isOneOf(...protections)) }, [])(value, at)

const isSchedule: Check = (value, at) => {
  if (isRecord(value) && 'every' in value) return mapOf({ every: isText }, ['every'])(value, at)
  return mapOf({ cron: isText, timezone: isText }, ['cron'])(value, at)
}

const checkDraft: Check = (value, at) =>
  mapOf(
    {
      name: isText,
      source: mapOf({ connector: isText, connection: isConnection }, ['connector']),
      objects: eachOf(isChoice),
      schemaChanges: isOneOf('auto_sync', 'block'),
      newFields: isOneOf('hash_sensitive', 'replicate', 'hash'),
      concurrency: isCount,
      schedule: isSchedule,
      destination: mapOf({ type: isText, connection: isConnection, schema: isText }, ['type', 'schema']),
    },
    ['name', 'objects'],
  )(value, at)

function isOneOf(...choices: readonly string[]): Check {
  return (value, at) =>
    typeof value === 'string' && choices.includes(value) ? [] : [wrong(at, words.shape.oneOf(choices))]
}

function eachOf(check: Check): Check {
  return (value, at) => {
    if (!isRecord(value)) return [wrong(at, words.shape.map)]
    return Object.entries(value).flatMap(([key, inner]) =>
      key === '__proto__' ? [wrong([...at, key], words.shape.name)] : check(inner, [...at, key]),
    )
  }
}

/** A map with these keys and no others. A key whose value is undefined counts as absent. */
function mapOf(keys: Readonly<Record<string, Check>>, required: readonly string[]): Check {
  return (value, at) => {
    if (!isRecord(value)) return [wrong(at, words.shape.map)]
    const missing = required.filter((key) => value[key] === undefined)
    return [
      ...missing.map((key) => wrong([...at, key], words.shape.missing(key))),
      ...Object.entries(value).flatMap(([key, inner]) => {
        const check = Object.hasOwn(keys, key) ? keys[key] : undefined
        if (check === undefined) return [wrong([...at, key], words.shape.unknownKey(key, Object.keys(keys)))]
        return inner === undefined ? [] : check(inner, [...at, key])
      }),
    ]
  }
}

function wrong(
  at: readonly string[],
  words: { readonly message: string; readonly fix: string },
): ShapeProblem {
  return { pointer: pointerTo(...at), ...words }
}
