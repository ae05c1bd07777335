import type { DuckDBConnection } from '@duckdb/node-api'
import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type {
  Claim,
  Commit,
  CommitResult,
  Earned,
  OpenTables,
  Publication,
  RunCounts,
  TableBatch,
  TableSpec,
  Written,
} from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'
import { refuseCollapse } from '../collapsed-read.ts'
import { checkpointTexts, layoutText } from '../stored-json.ts'
import { planLayout } from '../table-layout.ts'
import { appendRows, makePassingTable, passing } from './append-rows.ts'
import type { PassingTable } from './append-rows.ts'
import { alterColumns, applyLayout } from './apply-layout.ts'
import type { ClaimedTable } from './claim-tables.ts'
import { memoryForGeneration } from './database-file.ts'
import type { DatabaseFile } from './database-file.ts'
import { holdClaim, keepRejected, moveCheckpoints } from './hold-claim.ts'
import { KnownKeys } from './known-keys.ts'
import {
  dropOrphans,
  dropOthers,
  dropRepeats,
  dropStaged,
  markGone,
  mergeGeneration,
  mergeRows,
} from './merge-rows.ts'
import { quoteName, quoteTable } from './quote-name.ts'
import { readNumber } from './read-rows.ts'
import { targetOf } from './target.ts'
import type { Target } from './target.ts'

interface OpenTable {
  readonly claimed: ClaimedTable
  readonly target: Target
  /** Of the table as `commit` writes to it; begun anew where something else did. */
  readonly known: KnownKeys
  /** Where a new generation waits; as all temporary tables, it belongs to the process. */
  readonly stage: PassingTable
  /** Rows staged since `open` or `publish`; absent before the first. */
  readonly staged?: number
  /** Of these, those that were taken out again. */
  readonly out?: number
}

/** Tells the stages of one process apart. */
let stages = 0

/** The tables of one claim. */
export class DuckDBOpenTables implements OpenTables {
  readonly checkpoints: ReadonlyMap<string, Checkpoint | undefined>
  readonly counts: ReadonlyMap<string, RunCounts>
  readonly #file: DatabaseFile
  readonly #namespace: string
  readonly #claim: Claim
  readonly #tables = new Map<string, OpenTable>()
  #released = false

  constructor(file: DatabaseFile, namespace: string, claim: Claim, tables: readonly ClaimedTable[]) {
    this.#file = file
    this.#namespace = namespace
    this.#claim = claim
    this.checkpoints = new Map(tables.map(({ spec, checkpoint }) => [spec.object, checkpoint]))
    this.counts = new Map(tables.flatMap(({ spec, counts }) => (counts ? [[spec.object, counts]] : [])))
    for (const claimed of tables) {
      stages += 1
      const target = targetOf(namespace, claimed)
      const stage = { ...target.rows, name: `penstock_stage_${stages}` }
      this.#tables.set(claimed.spec.object, { claimed, target, known: new KnownKeys(), stage })
    }
  }

  async alter(spec: TableSpec): Promise<void> {
    const { claimed, stage, staged, out } = this.#table(spec.object)
    const change = planLayout(spec, claimed.layout, [])
    const altered = { ...claimed, spec, layout: change.layout }
    const text = layoutText(change.layout).columns
    if (text !== layoutText(claimed.layout).columns) {
      await this.#file.makeRoomFor(change.layout.columns.length)
      await this.#transaction(async (connection) => {
        await applyLayout(connection, this.#namespace, change)
        if (staged !== undefined) await alterColumns(connection, passing(stage), change)
        const checkpoints = quoteTable(this.#namespace, '_penstock_checkpoints')
        await connection.run(`update ${checkpoints} set columns = $1 where object = $2`, [text, spec.object])
      })
    }
    const target = targetOf(this.#namespace, altered)
    this.#tables.set(spec.object, {
      claimed: altered,
      target,
      known: new KnownKeys(),
      stage: { ...target.rows, name: stage.name },
      staged,
      out,
    })
  }

  async commit(commit: Commit): Promise<CommitResult> {
    const result = new Map<string, Written>()
    commit.onSent?.()
    await this.#transaction(async (connection) => {
      for (const batch of commit.batches) {
        result.set(batch.object, await writeBatch(connection, this.#table(batch.object), batch))
      }
      await keepRejected(connection, this.#namespace, this.#claim.run, commit.rejected)
      await this.#moveCheckpoints(connection, commit, result)
    })
    return result
  }

  async stage(batches: readonly TableBatch[]): Promise<void> {
    const outs = new Map<string, number>()
    await this.#transaction(async (connection) => {
      for (const batch of batches)
        outs.set(batch.object, await addToStage(connection, this.#table(batch.object), batch))
    })
    for (const { object, rows } of batches) {
      const table = this.#table(object)
      const out = (table.out ?? 0) + (outs.get(object) ?? 0)
      this.#tables.set(object, { ...table, staged: (table.staged ?? 0) + rows.length, out })
    }
  }

  async publish(input: Publication): Promise<CommitResult> {
    const result = new Map<string, Written>()
    await this.#transaction(async (connection) => {
      for (const object of input.objects) {
        result.set(object, await publishStage(connection, object, this.#table(object), input.guard))
      }
      await keepRejected(connection, this.#namespace, this.#claim.run, input.rejected)
      await this.#moveCheckpoints(connection, input, result)
    }, memoryForGeneration)
    for (const object of input.objects)
      this.#tables.set(object, { ...this.#table(object), known: new KnownKeys() })
    await this.#dropStages()
    return result
  }

  async release(): Promise<void> {
    if (this.#released) return
    this.#released = true
    await this.#dropStages().catch(() => {})
    await this.#file.release().catch(() => {})
  }

  async #moveCheckpoints(connection: DuckDBConnection, earned: Earned, written: CommitResult): Promise<void> {
    const texts = checkpointTexts(this.#claim.run, earned, written)
    await moveCheckpoints(connection, this.#namespace, texts)
  }

  async #transaction(
    work: (connection: DuckDBConnection) => Promise<void>,
    megabytes?: number,
  ): Promise<void> {
    const fences = new Map([...this.#tables].map(([object, { claimed }]) => [object, claimed.fence]))
    await this.#file.transaction(async (connection) => {
      await holdClaim(connection, this.#namespace, fences)
      await work(connection)
    }, megabytes)
  }

  async #dropStages(): Promise<void> {
    for (const [object, table] of this.#tables) {
      if (table.staged === undefined) continue
      await this.#file.use((connection) => connection.run(`drop table if exists ${passing(table.stage)}`))
      this.#tables.set(object, { ...table, staged: undefined, out: undefined })
    }
  }

  #table(object: string): OpenTable {
    const table = this.#tables.get(object)
    if (!table) throw new RunFailure('internal', `The table of ${object} was not opened.`)
    return table
  }
}

async function writeBatch(
  connection: DuckDBConnection,
  { target, known }: OpenTable,
  batch: TableBatch,
): Promise<Written> {
  const from = passing(target.rows)
  let deleted = 0
  await makePassingTable(connection, target.rows)
  await appendRows(connection, target.rows, batch.rows)
  if (batch.parents && batch.parents.length > 0) {
    await makePassingTable(connection, target.parents)
    await appendRows(connection, target.parents, batch.parents)
    deleted += await dropOrphans(connection, target, passing(target.parents), from)
  }
  const loaded = batch.rows.length > 0 ? await mergeRows(connection, target, from, known) : 0
  if (batch.gone && batch.gone.length > 0) {
    await makePassingTable(connection, target.gone)
    await appendRows(connection, target.gone, batch.gone)
    deleted += await markGone(connection, target, passing(target.gone))
  }
  return { loaded, unchanged: batch.rows.length - loaded, deleted }
}

/** Adds a batch to a generation; answers how many rows of it that took out again. */
async function addToStage(
  connection: DuckDBConnection,
  { target, stage, staged }: OpenTable,
  { rows, parents = [], gone = [] }: TableBatch,
): Promise<number> {
  if (staged === undefined) await makePassingTable(connection, stage)
  await makePassingTable(connection, target.rows)
  await appendRows(connection, target.rows, rows)
  const names = target.sent.map(quoteName).join(', ')
  let out = 0
  if (parents.length > 0) {
    await makePassingTable(connection, target.parents)
    await appendRows(connection, target.parents, parents)
    out += await dropStaged(connection, passing(stage), target.parentKey, passing(target.parents))
  }
  await connection.run(
    `insert into ${passing(stage)} (${names}) select ${names} from ${passing(target.rows)} order by rowid`,
  )
  if (gone.length > 0) {
    await makePassingTable(connection, target.gone)
    await appendRows(connection, target.gone, gone)
    out += await dropStaged(connection, passing(stage), target.key, passing(target.gone))
  }
  return out
}

/** A staged row that is repeated, or older than what stands, counts as unchanged. */
async function publishStage(
  connection: DuckDBConnection,
  object: string,
  { target, stage, staged, out = 0 }: OpenTable,
  guard: boolean,
): Promise<Written> {
  const from = passing(stage)
  if (staged === undefined) await makePassingTable(connection, stage)
  const repeats = await dropRepeats(connection, target, from)
  if (guard) {
    const before = await readNumber(
      connection,
      `select count(*) from ${target.table} where _deleted_at is null`,
    )
    refuseCollapse(object, before, (staged ?? 0) - out - repeats)
  }
  const deleted = await dropOthers(connection, target, from)
  const loaded = await mergeGeneration(connection, target, from)
  return { loaded, unchanged: (staged ?? 0) - loaded, deleted }
}
