import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { ChildrenRead, ListRead } from '@penstock/schemas/generated/manifest.ts'
import type { ApiClient } from './api-client.ts'
import { derivedRecords, elementsAt, withGiven, type Given } from './expand-record.ts'
import { fetchPage } from './fetch-page.ts'
import { filler } from './group-run.ts'
import { listReferences } from './list-references.ts'
import { firstPage } from './next-page.ts'
import { manifestOf } from './plan-table.ts'
import { planWindows } from './plan-windows.ts'
import { readPath, type Json } from './read-path.ts'
import { recordTime } from './record-time.ts'
import type { References } from './render-template.ts'
import { keysFor } from './run-errand.ts'

/** A record as the API sent it, and the columns that its parent gives it. */
export interface SampledRecord {
  readonly record: Json
  readonly given: Given
}

export interface SampleInput {
  readonly connector: Connector
  readonly client: ApiClient
  readonly references: References
  /** Unix seconds: nothing that changed before is wanted. */
  readonly startAt: number | undefined
  readonly signal: AbortSignal
}

/** Parents that are asked for their children, at the most. */
const mostParents = 5

/**
 * Some records of an object, with as few requests as possible: one page of its list, and for what is read parent by parent one more
 * for each of a few parents. At most `limit`; fewer where one page holds no more.
 */
export async function sampleRecords(
  object: string,
  limit: number,
  input: SampleInput,
): Promise<readonly SampledRecord[]> {
  const { read } = manifestOf(input.connector, object)
  if (read.type === 'list') return sampleList(object, read, limit, input)
  const parents = await sampleRecords(read.parent, read.type === 'derived' ? Infinity : mostParents, input)
  if (read.type === 'children') return sampleChildren(object, read, parents, limit, input)
  const records = parents.flatMap((parent) =>
    derivedRecords(read, parent, elementsAt(parent.record, read.at)),
  )
  return records.slice(0, limit).map((record) => ({ record, given: {} }))
}

async function sampleList(
  object: string,
  read: ListRead,
  limit: number,
  { connector, client, references, startAt, signal }: SampleInput,
): Promise<readonly SampledRecord[]> {
  const { checkpoint: rule } = manifestOf(connector, object)
  const list = { ...read, ...read.sample }
  const now = Math.floor(client.gate.serverNow() / 1000)
  const plan = rule && planWindows({ rule, checkpoint: undefined, startAt, now, partitions: 1 })
  const known = listReferences(read, rule, plan?.windows[0] ?? {}, references)
  const most = 'size' in list.pagination ? (list.pagination.size ?? limit) : limit
  const page = await fetchPage(client, list, firstPage(list.pagination), known, {
    priority: 1,
    signal,
    size: Math.min(limit, most),
    object,
  })
  const fill = filler(read)
  const isOld = (record: Json) => {
    const time = rule && startAt !== undefined ? recordTime(record, rule) : undefined
    return time !== undefined && startAt !== undefined && time < startAt
  }
  const wanted = page.records.filter((record) => !isOld(record))
  return wanted.slice(0, limit).map((record) => ({ record: fill(record, known), given: {} }))
}

async function sampleChildren(
  object: string,
  read: ChildrenRead,
  parents: readonly SampledRecord[],
  limit: number,
  { client, references, signal }: SampleInput,
): Promise<readonly SampledRecord[]> {
  const found: SampledRecord[] = []
  const list = { ...read, pagination: read.pagination ?? ({ type: 'none' } as const) }
  for (const { record, given: above } of parents) {
    if (found.length >= limit) break
    const parent = withGiven(record, above)
    const known: References = (name) =>
      name.startsWith('parent.') ? readPath(parent, name.slice('parent.'.length)) : references(name)
    const options = { priority: 2, signal, object } as const
    const page = await fetchPage(client, list, firstPage(list.pagination), known, options)
    const given = keysFor({ read, parent })
    for (const child of page.records) found.push({ record: child, given })
  }
  return found.slice(0, limit)
}
