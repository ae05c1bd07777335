import type { DocumentChange } from './diff-documents.ts'
import { isRecord, pointerParts, pointerTo } from './json-pointer.ts'
import { summariseSchedule } from './summarise-step.ts'
import { documentStrings } from '../../strings/editor-document.ts'

const { changed, value: words } = documentStrings

/** A difference between two documents as people read it: what it is about, and the value on both sides. */
export interface ReadableChange {
  readonly pointer: string
  /** Disabled: the document no longer names the object, but its settings are kept and it can come back. */
  readonly kind: 'added' | 'removed' | 'disabled' | 'changed'
  readonly what: string
  readonly before: string
  readonly after: string
}

/** What is known around a document of the names in it. */
export interface NamesAround {
  /** The name of a saved connection, by its id. */
  readonly nameConnection?: (id: string) => string
  /** What an object is called, by its name in the document. */
  readonly titleOf?: (object: string) => string
}

/**
 * Puts a difference into words. `disabled` are the objects that were put aside, which a document does not tell from those that were removed.
 */
export function describeChange(
  { pointer, before, after }: DocumentChange,
  { nameConnection = asItIs, titleOf = asItIs }: NamesAround = {},
  disabled: readonly string[] = [],
): ReadableChange {
  const isAside = after === undefined && disabled.some((name) => pointer === pointerTo('objects', name))
  const kind = isAside ? 'disabled' : kindOf(pointer, before, after)
  return {
    pointer,
    kind,
    what: subjectOf(pointer, titleOf),
    before: wordsFor(pointer, before, nameConnection),
    after: isAside ? words.aside : wordsFor(pointer, after, nameConnection),
  }
}

const asItIs = (name: string): string => name

/** Objects and the two ends come and go; everything else has a meaning also where it is absent, so it changes. */
function kindOf(pointer: string, before: unknown, after: unknown): 'added' | 'removed' | 'changed' {
  if (!/^\/(source|destination|objects\/[^/]+)$/.test(pointer)) return 'changed'
  return before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
}

/** What a place in a document is called. */
export function subjectOf(pointer: string, titleOf: (object: string) => string = asItIs): string {
  const [first = '', second, third, fourth] = pointerParts(pointer)
  if (first === 'objects' && second !== undefined) {
    const title = titleOf(second)
    if (third === 'startAt') return changed.startAt(title)
    return fourth === undefined ? changed.object(title) : changed.field(title, fourth)
  }
  switch (pointer) {
    case '/name':
      return changed.name
    case '/source/connection':
      return changed.connection
    case '/schedule':
      return changed.schedule
    case '/concurrency':
      return changed.concurrency
    case '/schemaChanges':
      return changed.schemaChanges
    case '/newFields':
      return changed.newFields
    case '/destination/connection':
      return changed.destinationConnection
    case '/destination/schema':
      return changed.namespace
    default:
      return first === 'destination' ? changed.destination : changed.source
  }
}

/** A value in words. What is absent has a meaning of its own: no schedule is "by hand". */
function wordsFor(pointer: string, value: unknown, nameConnection: (id: string) => string): string {
  const last = pointerParts(pointer).at(-1) ?? ''
  if (value === undefined || value === null) return wordsForAbsent(pointer, last)
  if (isRecord(value) && /^\/objects\/[^/]+$/.test(pointer)) return wordsForObject(value)
  if (isRecord(value)) return wordsForMap(last, value, nameConnection)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (last === 'connection') return nameConnection(text)
  return isValueWord(text) ? words[text] : text
}

function wordsForAbsent(pointer: string, last: string): string {
  if (pointer === '/schedule') return words.byHand
  if (pointer === '/concurrency') return words.noLimit
  if (pointer === '/schemaChanges') return words.auto_sync
  if (pointer === '/newFields') return words.hash_sensitive
  if (last === 'startAt') return words.everything
  return pointer.includes('/fields/') ? words.replicate : words.absent
}

/** An object that came or went whole: what of it is protected, and from when on it is read. */
function wordsForObject({ fields, startAt }: Readonly<Record<string, unknown>>): string {
  const chosen = isRecord(fields) ? Object.values(fields) : []
  const hashed = chosen.filter((one) => one === 'hash').length
  const excluded = chosen.filter((one) => one === 'exclude').length
  const parts = [hashed > 0 && words.hashed(hashed), excluded > 0 && words.excluded(excluded)].filter(Boolean)
  const protection = parts.length > 0 ? parts.join(', ') : words.unprotected
  return typeof startAt === 'string' ? `${protection}, ${words.from(startAt)}` : protection
}

function wordsForMap(
  last: string,
  value: Readonly<Record<string, unknown>>,
  nameConnection: (id: string) => string,
): string {
  if (typeof value['every'] === 'string') return words.schedule(summariseSchedule({ every: value['every'] }))
  if (typeof value['cron'] === 'string')
    return words.cron(value['cron'], typeof value['timezone'] === 'string' ? value['timezone'] : 'UTC')
  if (last === 'connection') return words.settings
  if (typeof value['connection'] === 'string') return nameConnection(value['connection'])
  return words.present
}

type ValueWord = 'replicate' | 'hash' | 'exclude' | 'auto_sync' | 'block' | 'hash_sensitive'

function isValueWord(text: string): text is ValueWord {
  return ['replicate', 'hash', 'exclude', 'auto_sync', 'block', 'hash_sensitive'].includes(text)
}
