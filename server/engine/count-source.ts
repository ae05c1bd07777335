import type { ChildrenRead, ListRead, ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import type { ApiClient } from './api-client.ts'
import { chooseObjects } from './choose-objects.ts'
import type { Destination } from './destination.ts'
import type { RunInput } from './execute-run.ts'
import type { FailureKind, RunFailure } from './failures.ts'
import { failurePolicies } from './failures.ts'
import { fetchPage } from './fetch-page.ts'
import { granularityOf } from './granularity.ts'
import type { IdentifiedAccount } from './identify-account.ts'
import { listReferences } from './list-references.ts'
import { firstPage } from './next-page.ts'
import { rootOf } from './object-tree.ts'
import { openSource, type SourceAccess } from './open-source.ts'
import { startOf } from './plan-groups.ts'
import { manifestOf } from './plan-table.ts'
import { planWindows } from './plan-windows.ts'
import { mentions } from './render-template.ts'
import { asRunFailure } from './run-outcome.ts'

export interface CountInput extends SourceAccess, Pick<RunInput, 'pipeline' | 'only'> {
  /** Where parents landed: what they say of their children is added up there. */
  readonly destination: Destination
}

/** How many records of an object the source reports. */
export interface SourceCount {
  readonly object: string
  /** Undefined where it says nothing, or could not be asked. */
  readonly reported: number | undefined
  /** As many of them as can be read: fewer where the API caps what it gives of one parent. */
  readonly readable: number | undefined
  /** How many parents, of which object, hold more than the API gives, and what that is. */
  readonly capped: { readonly parents: number; readonly of: string; readonly atMost: number } | undefined
  /** counted: the API's own total. listed: the whole list came in one answer. parents: what the parents in the destination say. */
  readonly from: 'counted' | 'listed' | 'parents' | 'nowhere'
  /** What is known to make it differ: the manifest's word, and what the start date does to it. */
  readonly known: readonly string[]
  /** Why it could not be asked. */
  readonly failure?: { readonly code: FailureKind; readonly message: string; readonly advice: string }
}

const nothing = { reported: undefined, readable: undefined, capped: undefined, from: 'nowhere' } as const

/**
 * Asks the source how many records it has of each of a pipeline's objects: a request for each list, with the pipeline's start date as
 * the filter where the API can count so. Throws a `RunFailure` where nothing can be asked at all.
 */
export async function countSource(input: CountInput): Promise<readonly SourceCount[]> {
  const { pipeline, signal } = input
  try {
    using source = await openSource(input, { concurrency: pipeline.concurrency })
    const { client, account } = source
    const objects = chooseObjects(pipeline, input.only)
    return await Promise.all(objects.map((object) => countObject(object, { ...input, client, account })))
  } catch (error) {
    throw asRunFailure(error, signal)
  }
}

interface Counting extends CountInput {
  readonly client: ApiClient
  readonly account: IdentifiedAccount
}

async function countObject(object: string, input: Counting): Promise<SourceCount> {
  const manifest = manifestOf(input.connector, object)
  const { read } = manifest
  const known = manifest.count?.approximate === true ? [manifest.count.why] : []
  try {
    if (read.type === 'list') return await countList(object, { manifest, read }, known, input)
    if (read.type === 'children') return await countChildren(object, read, known, input)
    return { object, ...nothing, known }
  } catch (error) {
    const failure: RunFailure = asRunFailure(error, input.signal)
    if (failurePolicies[failure.kind].effect === 'run') throw failure
    const { kind: code, message, advice } = failure
    return { object, ...nothing, known, failure: { code, message, advice } }
  }
}

async function countList(
  object: string,
  { manifest, read }: { readonly manifest: ObjectManifest; readonly read: ListRead },
  why: readonly string[],
  input: Counting,
): Promise<SourceCount> {
  const list = { ...read, ...read.sample }
  const known = [...why, ...startDateNotes(object, { manifest, list }, input)]
  // A scroll that was opened for a count would keep a real run waiting.
  if (list.pagination.type === 'scroll') return { object, ...nothing, known }
  let reported = 0
  let from: SourceCount['from'] = 'listed'
  for (const partition of (list.partitions ?? [{}]).keys()) {
    const count = await countPartition(object, { list, partition, rule: manifest.checkpoint }, input)
    if (!count) return { object, ...nothing, known }
    reported += count.records
    if (count.from === 'counted') from = 'counted'
  }
  return { object, reported, readable: reported, capped: undefined, from, known }
}

async function countPartition(
  object: string,
  {
    list,
    partition,
    rule,
  }: {
    readonly list: ListRead
    readonly partition: number
    readonly rule: ObjectManifest['checkpoint']
  },
  input: Counting,
): Promise<{ readonly records: number; readonly from: 'counted' | 'listed' } | undefined> {
  const { client, account, signal } = input
  const startAt = startDate(object, input)
  const now = Math.floor(client.gate.serverNow() / 1000)
  const plan = rule && planWindows({ rule, checkpoint: undefined, startAt, now, partitions: 1 })
  const [window = {}] = plan?.windows ?? []
  // The margin that a read begins early by would count what is not wanted.
  const bounds = startAt === undefined || window.after === undefined ? window : { ...window, after: startAt }
  const known = account.references(new Date().toISOString())
  const { pagination } = list
  const tells = 'totalAt' in pagination && pagination.totalAt !== undefined
  const page = await fetchPage(
    client,
    list,
    firstPage(pagination),
    listReferences(list, rule, { ...bounds, partition }, known),
    { priority: 1, signal, object, ...(tells ? { size: 1 } : {}) },
  )
  if (page.total !== undefined) return { records: page.total, from: 'counted' }
  return page.next === undefined ? { records: page.records.length, from: 'listed' } : undefined
}

async function countChildren(
  object: string,
  read: ChildrenRead,
  known: readonly string[],
  { destination }: Counting,
): Promise<SourceCount> {
  const at = read.countAt ?? read.cap?.countAt
  const atMost = read.cap?.atMost ?? Number.MAX_SAFE_INTEGER
  const sum = at === undefined ? undefined : await destination.sumField(read.parent, at, atMost)
  if (!sum) return { object, ...nothing, known }
  const capped = sum.over > 0 ? { parents: sum.over, of: read.parent, atMost } : undefined
  return { object, reported: sum.sum, readable: sum.upTo, capped, from: 'parents', known }
}

function startDate(object: string, { connector, pipeline }: CountInput): number | undefined {
  return startOf(pipeline, [rootOf(object, connector.manifest.objects), object])
}

/** What the start date does to a count: the API may compare whole days, or not be able to count so at all. */
function startDateNotes(
  object: string,
  { manifest, list }: { readonly manifest: ObjectManifest; readonly list: ListRead },
  input: CountInput,
): readonly string[] {
  if (startDate(object, input) === undefined) return []
  if (manifest.checkpoint?.filter !== 'server' || !mentions(list.request, 'window.after'))
    return ['The API cannot count from the start date on, so its number includes what is older.']
  return granularityOf(manifest.checkpoint) === 'day'
    ? ['The API may compare whole days, so its number can include records from the start date’s own day.']
    : []
}
