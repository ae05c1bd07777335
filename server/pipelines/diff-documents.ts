import { documentParts } from '@penstock/schemas/document-parts.ts'
import { isDeepStrictEqual } from 'node:util'
import { describeSchedule } from './describe-schedule.ts'
import { diffObjects } from './diff-objects.ts'
import { pointerTo } from './problem.ts'

/** One difference between two documents: where, in words, and the values. */
export interface Change {
  readonly pointer: string
  /** What is different now, to be read after the pipeline's name: `contacts: phone is now hashed`, `runs hourly instead of daily`. */
  readonly sentence: string
  /** Null: it was not there, or is no more. */
  readonly before: unknown
  readonly after: unknown
}

/** The name that a saved connection's id stands for; undefined: it is not known. */
export type NameConnection = (id: string) => string | undefined

type Sentence = (after: unknown, before: unknown) => string

/**
 * What is different between two documents of the app, sound or not. Two documents that mean the same have no difference, however they are
 * written; two that do not, have one. `before` null: there was none.
 */
export function diffDocuments(
  before: unknown,
  after: unknown,
  nameOf: NameConnection = () => undefined,
): readonly Change[] {
  const old = isObject(before) ? before : {}
  const young = isObject(after) ? after : {}
  const compare = (
    path: readonly string[],
    sentence: Sentence,
    absent: unknown = null,
  ): readonly Change[] => {
    const [was, is] = [valueAt(old, path) ?? absent, valueAt(young, path) ?? absent]
    return isDeepStrictEqual(was, is)
      ? []
      : [{ pointer: pointerTo(...path), sentence: sentence(is, was), before: was, after: is }]
  }
  const connection = (value: unknown) => (typeof value === 'string' ? nameOf(value) : undefined)
  return [
    ...compare(['name'], (is, was) => `is ${was === null ? '' : 'now '}called ${text(is)}`),
    ...compare(['source', 'connector'], instead('reads from')),
    ...compare(['source', 'connection'], (is, was) => `reads from ${moved(connection(is), connection(was))}`),
    ...diffObjects(old['objects'], young['objects']),
    ...compare(['schemaChanges'], policy, 'auto_sync'),
    ...compare(['newFields'], (is) => `new fields ${newFieldWords[text(is)] ?? text(is)}`, 'hash_sensitive'),
    ...compare(['concurrency'], concurrency),
    ...diffSchedules(valueAt(old, ['schedule']), valueAt(young, ['schedule'])),
    ...compare(['destination', 'type'], instead('writes to')),
    ...compare(
      ['destination', 'connection'],
      (is, was) => `writes to ${moved(connection(is), connection(was))}`,
    ),
    ...compare(['destination', 'schema'], instead('tables land in')),
    ...diffRest(old, young),
  ]
}

const newFieldWords: Readonly<Record<string, string>> = {
  hash_sensitive: 'are hashed where they look sensitive',
  replicate: 'are added as they are',
  hash: 'are hashed',
}

const told = new Set<string>(documentParts)

/** Parts that no document should have: a draft may. */
function diffRest(
  old: Readonly<Record<string, unknown>>,
  young: Readonly<Record<string, unknown>>,
): readonly Change[] {
  const names = [...new Set([...Object.keys(old), ...Object.keys(young)])].filter((name) => !told.has(name))
  return names.flatMap((name) => {
    const [before, after] = [old[name] ?? null, young[name] ?? null]
    if (isDeepStrictEqual(before, after)) return []
    return [{ pointer: pointerTo(name), sentence: `${name} is changed`, before, after }]
  })
}

function diffSchedules(before: unknown, after: unknown): readonly Change[] {
  const [was, is] = [describeSchedule(before), describeSchedule(after)]
  if (was === is) return []
  const sentence = before === undefined ? `runs ${is}` : `runs ${is} instead of ${was}`
  return [{ pointer: '/schedule', sentence, before: before ?? null, after: after ?? null }]
}

function policy(is: unknown): string {
  if (is === 'block') return 'new fields wait for a decision instead of being added'
  return is === 'auto_sync'
    ? 'new fields are added instead of waiting for a decision'
    : `schemaChanges is now ${text(is)}`
}

function concurrency(is: unknown, was: unknown): string {
  if (is === null) return 'has no limit of its own on API operations at once any more'
  return `at most ${text(is)} API operations at once${was === null ? '' : ` instead of ${text(was)}`}`
}

function instead(words: string): Sentence {
  return (is, was) => {
    if (is === null) return `${words} nothing any more`
    return was === null ? `${words} ${text(is)}` : `${words} ${text(is)} instead of ${text(was)}`
  }
}

function moved(is: string | undefined, was: string | undefined): string {
  if (is === undefined) return 'another connection'
  return was === undefined ? is : `${is} instead of ${was}`
}

function valueAt(document: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    document,
  )
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
