import type { ChildrenRead, DerivedRead, ObjectManifest, Rest } from '@penstock/schemas/generated/manifest.ts'
import type { Field, RecordSchema } from '@penstock/schemas/generated/record.ts'
import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { checkColumns } from './check-objects.ts'
import { findField, mayBe } from './find-field.ts'
import { ownMember } from '../own-member.ts'
import { problemAt, problemIn, suggestName, unknownObject, type Steps } from './problem-at.ts'

/** Objects that are read by way of another: the parent must exist, go before, and hold what is taken from it. */
export function* checkParents(connector: Connector): Generator<ConnectorProblem> {
  for (const [object, definition] of Object.entries(connector.manifest.objects)) {
    if (definition.read.type === 'list') continue
    yield* checkParent(connector, object, definition, definition.read)
  }
}

function* checkParent(
  connector: Connector,
  object: string,
  definition: ObjectManifest,
  read: ChildrenRead | DerivedRead,
): Generator<ConnectorProblem> {
  const steps = ['objects', object, 'read']
  const parent = ownMember(connector.manifest.objects, read.parent)
  if (!parent) {
    yield unknownObject([...steps, 'parent'], read.parent, connector.manifest.objects)
    return
  }
  if (isOwnAncestor(connector, object)) {
    const fix = 'Name a parent that is read from a list.'
    yield problemAt([...steps, 'parent'], `“${object}” is its own ancestor.`, fix)
    return
  }
  if (parent.mode !== definition.mode) {
    const message = `The mode is not that of the parent “${read.parent}”.`
    yield problemAt(['objects', object, 'mode'], message, `Write mode: ${parent.mode}.`)
  }
  const record = connector.records.get(object)
  const above = connector.records.get(read.parent)
  if (!record || !above) return
  if (read.type === 'children') yield* checkChildren(steps, read, record, above)
  else yield* checkDerived(steps, definition, read, record, above)
}

function* checkChildren(
  steps: Steps,
  read: ChildrenRead,
  record: RecordSchema,
  above: RecordSchema,
): Generator<ConnectorProblem> {
  yield* checkColumns([...steps, 'keys'], Object.keys(read.keys), record)
  for (const [column, path] of Object.entries(read.keys))
    yield* checkPath([...steps, 'keys', column], path, above)
  if (read.countAt !== undefined) yield* checkPath([...steps, 'countAt'], read.countAt, above)
}

function* checkDerived(
  steps: Steps,
  definition: ObjectManifest,
  read: DerivedRead,
  record: RecordSchema,
  above: RecordSchema,
): Generator<ConnectorProblem> {
  yield* checkColumns([...steps, 'fields'], Object.keys(read.fields), record)
  yield* checkPath([...steps, 'at'], read.at, above, 'array')
  if (read.rest) yield* checkRest([...steps, 'rest'], read.rest, above)
  const list = findField(above, read.at)
  const element = list === undefined || list === 'open' ? undefined : list.items
  for (const [column, source] of Object.entries(read.fields)) {
    const at = [...steps, 'fields', column]
    if ('parent' in source) yield* checkPath([...at, 'parent'], source.parent, above)
    // What the parent's own list holds beyond the embedded one is described nowhere, so with a rest anything may be there.
    if ('at' in source && element && !read.rest) yield* checkPath([...at, 'at'], source.at, element)
  }
  for (const [index, name] of definition.primaryKey.entries()) {
    if (Object.hasOwn(read.fields, name) || !Object.hasOwn(record.properties, name)) continue
    const fix = `Add ${name} to read.fields. ${suggestName(name, Object.keys(read.fields))}`
    yield problemAt([...steps.slice(0, 2), 'primaryKey', index], `No field fills the key “${name}”.`, fix)
  }
  for (const name of Object.keys(record.properties).filter((one) => !Object.hasOwn(read.fields, one))) {
    const fix = `Add ${name} to read.fields of the object, or remove it here.`
    yield problemIn(definition.record, ['properties', name], 'Nothing fills this field.', fix)
  }
}

function* checkRest(steps: Steps, { when, countAt }: Rest, above: RecordSchema): Generator<ConnectorProblem> {
  yield* checkPath([...steps, 'when'], when, above, 'boolean')
  if (countAt !== undefined) yield* checkPath([...steps, 'countAt'], countAt, above, 'integer')
}

const typeNames = { array: 'a list', boolean: 'true or false', integer: 'a whole number' } as const

function* checkPath(
  steps: Steps,
  path: string,
  schema: RecordSchema | Field,
  type?: keyof typeof typeNames,
): Generator<ConnectorProblem> {
  const field = findField(schema, path)
  if (field === undefined) {
    const fix = suggestName(path, Object.keys(schema.properties ?? {}))
    yield problemAt(steps, `The record schema read here has nothing at “${path}”.`, fix)
  } else if (type !== undefined && !mayBe(field, type)) {
    const name = typeNames[type]
    yield problemAt(steps, `What is at “${path}” is not ${name}.`, `Name a path that holds ${name}.`)
  }
}

function isOwnAncestor(connector: Connector, object: string): boolean {
  const seen = new Set([object])
  let read = ownMember(connector.manifest.objects, object)?.read
  while (read && read.type !== 'list') {
    if (seen.has(read.parent)) return true
    seen.add(read.parent)
    read = ownMember(connector.manifest.objects, read.parent)?.read
  }
  return false
}
