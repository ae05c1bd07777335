import type { ListRead, ObjectManifest, RecordsAt } from '@penstock/schemas/generated/manifest.ts'
import type { RecordSchema } from '@penstock/schemas/generated/record.ts'
import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { checkColumns } from './check-objects.ts'
import { sendsSome } from './check-requests.ts'
import { findField } from './find-field.ts'
import { ownMember } from '../own-member.ts'
import { problemAt, suggestName, type Steps } from './problem-at.ts'

/** Where lists keep their records, and what an API gives of a list at the most. */
export function* checkLists({ manifest, records }: Connector): Generator<ConnectorProblem> {
  for (const [object, definition] of Object.entries(manifest.objects)) {
    const steps = ['objects', object, 'read']
    const { read } = definition
    const record = records.get(object)
    if (read.type !== 'derived' && record) {
      yield* checkPlace([...steps, 'recordsAt'], read.recordsAt, record)
      yield* checkLastRecord([...steps, 'pagination', 'at'], read, record)
    }
    if (read.type === 'list') yield* checkPartitions(steps, read)
    if (read.type === 'list' && definition.checkpoint) yield* checkLength(['objects', object], definition)
  }
}

/** Fields that a list's form gives a record must be in its schema, or they would land nowhere. */
function* checkPlace(steps: Steps, place: RecordsAt, record: RecordSchema): Generator<ConnectorProblem> {
  if (typeof place === 'string' || Array.isArray(place)) return
  const { keyedBy, columns, one } = place
  if (keyedBy !== undefined && ownMember(record.properties, keyedBy) === undefined) {
    const fix = `Add it to the record schema. ${suggestName(keyedBy, Object.keys(record.properties))}`
    yield problemAt([...steps, 'keyedBy'], `The record schema has no field “${keyedBy}”.`, fix)
  }
  yield* checkColumns([...steps, 'columns'], columns ?? [], record)
  if (one === true && (keyedBy !== undefined || columns !== undefined)) {
    const message = 'What is one record is not also an object or a list of records.'
    yield problemAt([...steps, 'one'], message, 'Remove one, or keyedBy and columns.')
  }
}

/** Pages after the last record need something of that record. */
function* checkLastRecord(
  steps: Steps,
  read: Pick<ListRead, 'pagination'> | { readonly pagination?: ListRead['pagination'] },
  record: RecordSchema,
): Generator<ConnectorProblem> {
  const { pagination } = read
  if (pagination?.type !== 'last_record' || findField(record, pagination.at) !== undefined) return
  const fix = suggestName(pagination.at, Object.keys(record.properties))
  yield problemAt(steps, `The record schema has nothing at “${pagination.at}”.`, fix)
}

/** A list that is read once for each of several values must be asked with them. */
function* checkPartitions(steps: Steps, { partitions, request }: ListRead): Generator<ConnectorProblem> {
  if (!partitions || partitions.length < 2 || sendsSome(request, 'partition.')) return
  const message = 'The request never sends a value of these, so the same list would be read for each.'
  const fix = 'Put { $from: partition.<name> } where the API expects it, or remove partitions.'
  yield problemAt([...steps, 'partitions'], message, fix)
}

/** Windows can only be kept short where both of their ends are sent. */
function* checkLength(steps: Steps, { checkpoint }: ObjectManifest): Generator<ConnectorProblem> {
  if (checkpoint?.longestDays === undefined || checkpoint.ends === 'run_start') return
  const message = 'A window without an end cannot be kept short.'
  yield problemAt(
    [...steps, 'checkpoint', 'longestDays'],
    message,
    'Add ends: run_start, and send window.before.',
  )
}
