import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Protection } from '@penstock/schemas/generated/pipeline.ts'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import { findField } from './find-field.ts'
import { pointerTo } from './problem.ts'
import type { Problem } from './problem.ts'

/** Whether each protected path exists, is synced at all, and is none that Penstock needs as it is. */
export function validateProtection(
  object: string,
  fields: Readonly<Record<string, Protection>>,
  connector: Connector,
): readonly Problem[] {
  const keys = keyFields(object, connector)
  let unknowns = 0
  return Object.entries(fields).flatMap(([path, protection]) => {
    const pointer = pointerTo('objects', object, 'fields', path)
    const unknown = explainUnknown(object, path, connector, unknowns < mostGuesses)
    if (unknown) unknowns += 1
    if (unknown) return [{ pointer, ...unknown }]
    const key = protection === 'replicate' ? undefined : keys.find((one) => covers(path, one.path))
    return key ? [{ pointer, ...explainKey(path, protection, key) }] : []
  })
}

/** For so many unknown fields of an object it is guessed what was meant; that takes a while, and more is no slip of the pen. */
const mostGuesses = 50

/** Whether protecting `path` touches what stands at `inner`: the same, or something inside it. */
export function covers(path: string, inner: string): boolean {
  return inner === path || inner.startsWith(`${path}.`)
}

/** A field that Penstock needs as it is, and what for: `the primary key of contacts`. */
export interface KeyField {
  readonly path: string
  readonly role: string
}

/** The fields of an object that cannot be hashed or excluded. */
export function keyFields(object: string, { manifest }: Connector): readonly KeyField[] {
  const own = manifest.objects[object]
  if (own === undefined) return []
  const keys: KeyField[] = own.primaryKey.map((path) => ({ path, role: `the primary key of ${object}` }))
  if (own.checkpoint) keys.push({ path: own.checkpoint.field, role: `what ${object} is checkpointed by` })
  if (own.read.type === 'children')
    for (const path of Object.keys(own.read.keys))
      keys.push({ path, role: `the key of its ${own.read.parent}` })
  for (const [child, { read }] of Object.entries(manifest.objects)) {
    if (read.type !== 'children' || read.parent !== object) continue
    for (const path of Object.values(read.keys)) keys.push({ path, role: `the parent key of ${child}` })
  }
  return keys
}

type ChildRead = Exclude<Connector['manifest']['objects'][string]['read'], { type: 'list' }>

/** The parent's fields that its children carry as their key. */
export function parentPaths(read: ChildRead): readonly string[] {
  if (read.type === 'children') return Object.values(read.keys)
  return Object.values(read.fields).flatMap((from) => ('parent' in from ? [from.parent] : []))
}

function explainKey(path: string, protection: Protection, key: KeyField): Omit<Problem, 'pointer'> {
  const verb = protection === 'hash' ? 'hashed' : 'excluded'
  const why = key.path === path ? `${path} is ${key.role}` : `${path} holds ${key.path}, which is ${key.role}`
  return {
    message: `${why}, so it cannot be ${verb}.`,
    fix:
      key.path === path
        ? 'Remove the line.'
        : `Name the fields inside ${path} that need protection, but not ${key.path}.`,
  }
}

function explainUnknown(
  object: string,
  path: string,
  connector: Connector,
  guess: boolean,
): Omit<Problem, 'pointer'> | undefined {
  const schema = connector.records.get(object)
  if (schema === undefined) return undefined
  const found = findField(schema, path)
  switch (found.kind) {
    case 'known':
    case 'free':
      return undefined
    case 'omitted':
      return {
        message: `${object} never brings ${found.path}: ${sentence(found.why)}`,
        fix: 'Remove the line.',
      }
    case 'unknown': {
      const step = path.slice(found.parent === '' ? 0 : found.parent.length + 1).split('.')[0] ?? path
      const near = guess ? nearestWord(step, found.known) : undefined
      const inside = found.parent === '' ? object : `${object} ${found.parent}`
      const meant = near === undefined ? undefined : [found.parent, near].filter(Boolean).join('.')
      return {
        message: `${inside} has no field named ${step}.`,
        fix: meant ? `Did you mean ${meant}?` : howToChoose(found.known),
      }
    }
  }
}

function howToChoose(known: readonly string[]): string {
  if (known.length === 0) return 'It holds a single value: name it without a path inside.'
  return `Its fields are: ${known.join(', ')}.`
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
