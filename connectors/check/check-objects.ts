import type { ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import type { RecordSchema } from '@penstock/schemas/generated/record.ts'
import { splitPath } from '@penstock/schemas/split-path.ts'
import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { sends } from './check-requests.ts'
import { findField, mayBe, typesOf } from './find-field.ts'
import { ownMember } from '../own-member.ts'
import { problemAt, suggestName, type Steps } from './problem-at.ts'

type CheckpointRule = NonNullable<ObjectManifest['checkpoint']>

/** Each object by itself: its key, its checkpoint, and how both fit its records and its mode. */
export function* checkObjects(connector: Connector): Generator<ConnectorProblem> {
  for (const [object, definition] of Object.entries(connector.manifest.objects)) {
    const steps = ['objects', object]
    const record = connector.records.get(object)
    yield* checkMode(steps, definition)
    if (record) yield* checkPrimaryKey(steps, definition, record)
    if (record && definition.checkpoint)
      yield* checkCheckpointField(steps, definition.checkpoint, definition.record, record)
    if (definition.checkpoint) yield* checkFilter(steps, definition, definition.checkpoint)
    if (record && definition.read.type === 'list') {
      yield* checkColumns([...steps, 'read', 'fill'], Object.keys(definition.read.fill ?? {}), record)
    }
  }
}

/** Columns a manifest fills must be in the record schema, or they would land nowhere. */
export function* checkColumns(
  steps: Steps,
  columns: readonly string[],
  record: RecordSchema,
): Generator<ConnectorProblem> {
  const known = Object.keys(record.properties)
  for (const column of columns.filter((one) => !known.includes(one))) {
    const fix = `Add it to the record schema. ${suggestName(column, known)}`
    yield problemAt([...steps, column], `The record schema has no field “${column}”.`, fix)
  }
}

function* checkMode(steps: Steps, definition: ObjectManifest): Generator<ConnectorProblem> {
  const { mode, checkpoint, startDate, read } = definition
  if (read.type !== 'list') {
    const fix = `Remove it: ${read.type === 'derived' ? 'a derived object' : 'an object read by parent'} has its parent’s.`
    if (checkpoint) yield problemAt([...steps, 'checkpoint'], 'This checkpoint would never be used.', fix)
    if (startDate) yield problemAt([...steps, 'startDate'], 'This object has no start date of its own.', fix)
    return
  }
  if (mode === 'full_refresh' && checkpoint) {
    const fix = 'Use mode: incremental, or remove the checkpoint.'
    yield problemAt(
      [...steps, 'checkpoint'],
      'A full refresh has no checkpoint: everything is read each time.',
      fix,
    )
  }
  if (mode === 'incremental' && !checkpoint) {
    const fix =
      'Add a checkpoint that says which field tells when a record changed; or use mode: full_refresh.'
    yield problemAt(steps, 'An incremental object needs a checkpoint.', fix)
  }
  if (startDate && !checkpoint) {
    const fix = 'Add a checkpoint, or remove startDate.'
    yield problemAt([...steps, 'startDate'], 'Without a checkpoint no date can be compared.', fix)
  }
}

function* checkPrimaryKey(
  steps: Steps,
  { primaryKey, record: file }: ObjectManifest,
  record: RecordSchema,
): Generator<ConnectorProblem> {
  for (const [index, name] of primaryKey.entries()) {
    const at = [...steps, 'primaryKey', index]
    if (primaryKey.indexOf(name) < index) yield problemAt(at, `“${name}” stands here twice.`, 'Name it once.')
    const field = ownMember(record.properties, name)
    if (!field) {
      const fix = nameOrAdd(name, file, record)
      yield problemAt(at, `The record schema has no field “${name}”.`, fix)
    } else if (field['x-omit'] !== undefined) {
      yield problemAt(
        at,
        `The key “${name}” is never synced (x-omit).`,
        `Remove x-omit from ${name} in ${file}.`,
      )
    } else if (typesOf(field).some((type) => type === 'object' || type === 'array')) {
      yield problemAt(
        at,
        `The key “${name}” is not a plain value.`,
        'Choose a field that is text or a number.',
      )
    }
  }
}

/** Either the name is wrong, or whoever begins has not written the field down yet. */
function nameOrAdd(name: string, file: string, { properties }: RecordSchema): string {
  return `${suggestName(name, Object.keys(properties))} Where the API has it, add it to ${file}.`
}

function* checkCheckpointField(
  steps: Steps,
  { field: path, format }: CheckpointRule,
  file: string,
  record: RecordSchema,
): Generator<ConnectorProblem> {
  const at = [...steps, 'checkpoint', 'field']
  const field = findField(record, path)
  const top = record.properties[splitPath(path)[0] ?? '']
  if (field === undefined) {
    const fix = nameOrAdd(path, file, record)
    yield problemAt(at, `The record schema has nothing at “${path}”.`, fix)
  } else if (top?.['x-omit'] !== undefined || (field !== 'open' && field['x-omit'] !== undefined)) {
    yield problemAt(at, `“${path}” is never synced (x-omit).`, 'Remove x-omit from it in the record schema.')
  } else if (!fitsFormat(field, format) || contradicts(field, format)) {
    const fix = 'Correct the format here, or the field’s type in the record schema.'
    yield problemAt([...steps, 'checkpoint', 'format'], `“${path}” cannot be ${format}.`, fix)
  }
}

/** Whether the record schema itself says that the value is written in another way. */
function contradicts(
  field: Exclude<ReturnType<typeof findField>, undefined>,
  format: CheckpointRule['format'],
): boolean {
  if (field === 'open' || field.format === undefined) return false
  const isUnix = format.startsWith('unix_')
  return isUnix ? /^date(?:-time)?$/.test(field.format) : field.format.startsWith('unix-')
}

function fitsFormat(
  field: Exclude<ReturnType<typeof findField>, undefined>,
  format: CheckpointRule['format'],
): boolean {
  if (!format.startsWith('unix_')) return mayBe(field, 'string')
  return ['integer', 'number', 'string'].some((type) => mayBe(field, type))
}

function* checkFilter(
  steps: Steps,
  { read }: ObjectManifest,
  checkpoint: CheckpointRule,
): Generator<ConnectorProblem> {
  if (read.type !== 'list' || checkpoint.filter !== 'server') return
  if (!sends(read.request, 'window.after')) {
    const fix = 'Put { $from: window.after } where the API filters; or use filter: client.'
    yield problemAt([...steps, 'checkpoint', 'filter'], 'The request never sends window.after.', fix)
  }
  if (checkpoint.ends === 'run_start' && !sends(read.request, 'window.before')) {
    const fix = 'Put { $from: window.before } where the API filters; or use ends: open.'
    yield problemAt([...steps, 'checkpoint', 'ends'], 'The request never sends window.before.', fix)
  }
}
