import type { DraftDocument } from './draft-document.ts'
import { isRecord, isSameJson, pointerTo, valueAt } from './json-pointer.ts'

/** One thing in which two documents differ. Absent on one side: undefined there. */
export interface DocumentChange {
  readonly pointer: string
  readonly before: unknown
  readonly after: unknown
}

/** What is compared as a whole; objects and their fields are compared one by one. */
const wholes = [
  '/name',
  '/source/connector',
  '/source/connection',
  '/schemaChanges',
  '/newFields',
  '/concurrency',
  '/schedule',
  '/destination/type',
  '/destination/connection',
  '/destination/schema',
]

/** All differences, in the document's own order. An object that came or went is one difference, with its fields inside. */
export function diffDocuments(before: DraftDocument, after: DraftDocument): readonly DocumentChange[] {
  return [...endChanges(before, after), ...objectChanges(before, after)]
}

function endChanges(before: DraftDocument, after: DraftDocument): readonly DocumentChange[] {
  const cameOrWent = ['source', 'destination'].filter(
    (key) => (valueAt(before, `/${key}`) === undefined) !== (valueAt(after, `/${key}`) === undefined),
  )
  const whole = wholes.filter((pointer) => !cameOrWent.some((key) => pointer.startsWith(`/${key}/`)))
  return [...whole, ...cameOrWent.map((key) => `/${key}`)].flatMap((pointer) =>
    changeAt(before, after, pointer),
  )
}

function objectChanges(before: DraftDocument, after: DraftDocument): readonly DocumentChange[] {
  if (before.objects === after.objects) return []
  const names = new Set([...Object.keys(before.objects), ...Object.keys(after.objects)])
  return [...names].flatMap((name) => {
    const pointer = pointerTo('objects', name)
    const isBoth = Object.hasOwn(before.objects, name) && Object.hasOwn(after.objects, name)
    if (!isBoth) return changeAt(before, after, pointer)
    if (before.objects[name] === after.objects[name]) return []
    return [
      ...changeAt(before, after, `${pointer}/startAt`),
      ...fieldChanges(before, after, `${pointer}/fields`),
    ]
  })
}

function fieldChanges(before: DraftDocument, after: DraftDocument, at: string): readonly DocumentChange[] {
  const paths = new Set([before, after].flatMap((document) => keysOf(valueAt(document, at))))
  return [...paths].flatMap((path) => changeAt(before, after, at + pointerTo(path)))
}

function keysOf(value: unknown): readonly string[] {
  return isRecord(value) ? Object.keys(value) : []
}

function changeAt(before: DraftDocument, after: DraftDocument, pointer: string): readonly DocumentChange[] {
  const change = { pointer, before: valueAt(before, pointer), after: valueAt(after, pointer) }
  return isSameJson(change.before, change.after) ? [] : [change]
}
