import { randomUUID } from 'node:crypto'
import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type {
  Claim,
  Commit,
  CommitResult,
  OpenTables,
  Publication,
  RunCounts,
  TableBatch,
  TableSpec,
  Written,
} from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'
import { checkpointTexts, layoutText } from '../stored-json.ts'
import { planLayout } from '../table-layout.ts'
import { alterTable } from './alter-table.ts'
import type { ClaimedTable } from './claim-tables.ts'
import { commitAtOnce, writtenOf } from './commit-at-once.ts'
import { addToStage, makeStage, publishStage, stageOf } from './generation.ts'
import { holdClaim, keepRejected, signClaim } from './hold-claim.ts'
import type { Hold } from './hold-claim.ts'
import type { Reconnecting } from './keep-trying.ts'
import { loadRows, makePassingTables } from './load-rows.ts'
import type { PostgresSession } from './session.ts'
import { targetOf } from './target.ts'
import { batchLoads, passingTables, pathOf, writeBatch } from './write-batches.ts'
import type { Path } from './write-batches.ts'

interface OpenTable {
  readonly claimed: ClaimedTable
  readonly path: Path
  /** Rows staged since `open` or `publish`; absent before the first. */
  readonly staged?: number
  /** Of these, those that were taken out again. */
  readonly out?: number
}

/** The tables of one claim, with a connection of their own. */
export class PostgresOpenTables implements OpenTables {
  readonly checkpoints: ReadonlyMap<string, Checkpoint | undefined>
  readonly counts: ReadonlyMap<string, RunCounts>
  readonly #connection: Reconnecting
  readonly #namespace: string
  readonly #claim: Claim
  readonly #tables = new Map<string, OpenTable>()
  #layouts = 0

  constructor(connection: Reconnecting, namespace: string, claim: Claim, tables: readonly ClaimedTable[]) {
    this.#connection = connection
    this.#namespace = namespace
    this.#claim = claim
    this.checkpoints = new Map(tables.map(({ spec, checkpoint }) => [spec.object, checkpoint]))
    this.counts = new Map(tables.flatMap(({ spec, counts }) => (counts ? [[spec.object, counts]] : [])))
    for (const table of tables) this.#tables.set(table.spec.object, this.#openTable(table))
  }

  async alter(spec: TableSpec): Promise<void> {
    const { claimed, staged, out } = this.#table(spec.object)
    const change = planLayout(spec, claimed.layout, [])
    const altered = { ...claimed, spec, layout: change.layout }
    if (layoutText(change.layout).columns !== layoutText(claimed.layout).columns) {
      await this.#transaction(async (session, hold) => {
        await alterTable(session, hold, {
          spec,
          change,
          stage: staged === undefined ? undefined : stageOf(this.#namespace, altered),
        })
      })
    }
    this.#tables.set(spec.object, { ...this.#openTable(altered), staged, out })
  }

  async commit(commit: Commit): Promise<CommitResult> {
    const work = this.#batches(commit.batches)
    const result = new Map<string, Written>()
    const { rejected, onSent } = commit
    const steps: Steps = async (session, hold) => {
      onSent?.()
      for (const { path, batch } of work) result.set(batch.object, await writeBatch(session, path, batch))
      await keepRejected(session, hold, rejected)
      return checkpointTexts(hold.run, commit, result)
    }
    const keep = (written: CommitResult) => {
      for (const [object, counts] of written) result.set(object, counts)
    }
    const atOnce: AtOnceSteps = {
      run: async (session, hold) => {
        const written = await commitAtOnce(session, hold, { ...commit, work })
        if (written) keep(written)
        return written !== undefined
      },
      landed: (counts) => keep(writtenOf(work, counts)),
    }
    await this.#transaction(steps, work, rejected.length === 0 ? atOnce : undefined)
    return result
  }

  async stage(batches: readonly TableBatch[]): Promise<void> {
    const work = this.#batches(batches)
    const outs = new Map<string, number>()
    await this.#transaction(async (session) => {
      for (const { table, path, stage, batch } of work) {
        if (table.staged === undefined) await makeStage(session, stage, path)
        outs.set(batch.object, await addToStage(session, stage, path, batch))
      }
    }, work)
    for (const { table, batch } of work) {
      const staged = (table.staged ?? 0) + batch.rows.length
      const out = (table.out ?? 0) + (outs.get(batch.object) ?? 0)
      this.#tables.set(batch.object, { ...table, staged, out })
    }
  }

  async publish(input: Publication): Promise<CommitResult> {
    const work = this.#batches(input.objects.map((object) => ({ object, rows: [] })))
    const result = new Map<string, Written>()
    await this.#transaction(async (session, hold) => {
      for (const {
        table,
        path,
        batch: { object },
        stage,
      } of work) {
        if (table.staged === undefined) await makeStage(session, stage, path)
        const { staged = 0, out = 0 } = table
        const generation = { object, stage, staged, out, guard: input.guard }
        result.set(object, await publishStage(session, path, generation))
      }
      await keepRejected(session, hold, input.rejected)
      return checkpointTexts(hold.run, input, result)
    })
    for (const [object, table] of this.#tables)
      this.#tables.set(object, { ...table, staged: undefined, out: undefined })
    return result
  }

  async release(): Promise<void> {
    try {
      const staged = [...this.#tables.values()].filter((table) => table.staged !== undefined)
      if (staged.length > 0) {
        await this.#transaction(async (session) => {
          for (const { claimed } of staged)
            await session.query(`drop table if exists ${stageOf(this.#namespace, claimed)}`)
        })
      }
    } catch {
      // The next claim drops what is left.
    } finally {
      await this.#connection.end()
    }
  }

  /**
   * Loads the batches, takes hold of the claim, does `work` and signs it with the checkpoints that it answers: all or nothing. `atOnce`
   * does the same in one go, where it can; it is tried first, and only once.
   */
  async #transaction(work: Steps, load: readonly Load[] = [], atOnce?: AtOnceSteps): Promise<void> {
    const fences = new Map([...this.#tables].map(([object, { claimed }]) => [object, claimed.fence]))
    const hold = { namespace: this.#namespace, run: this.#claim.run, fences, id: randomUUID() }
    const loads = load.flatMap(({ path, batch }) => batchLoads(path, batch))
    let untried = atOnce
    await this.#connection.use(async (session) => {
      for (const { path, batch } of load) await makePassingTables(session, passingTables(path, batch))
      const trying = untried
      untried = undefined
      if (await trying?.run(session, hold)) return
      await session.transaction(async () => {
        for (const { table, rows } of loads) await loadRows(session, table, rows)
        const held = await holdClaim(session, hold)
        if (held !== 'held') {
          // Only what was sent at once has not told its counts by itself.
          if (held.landed !== '') atOnce?.landed(held.landed)
          return
        }
        const checkpoints = (await work(session, hold)) ?? new Map()
        await signClaim(session, hold, checkpoints)
      })
    })
  }

  #batches(batches: readonly TableBatch[]): readonly Load[] {
    return batches.map((batch) => {
      const table = this.#table(batch.object)
      return { table, path: table.path, batch, stage: stageOf(this.#namespace, table.claimed) }
    })
  }

  #table(object: string): OpenTable {
    const table = this.#tables.get(object)
    if (!table) throw new RunFailure('internal', `The table of ${object} was not opened.`)
    return table
  }

  #openTable(claimed: ClaimedTable): OpenTable {
    this.#layouts += 1
    return { claimed, path: pathOf(targetOf(this.#namespace, claimed), `${this.#layouts}`) }
  }
}

interface Load {
  readonly table: OpenTable
  readonly path: Path
  readonly batch: TableBatch
  readonly stage: string
}

/** What a transaction does once the claim is held; answers the texts of the checkpoints to sign. */
type Steps = (session: PostgresSession, hold: Hold) => Promise<ReadonlyMap<string, string> | void>

/** The same, from its beginning to its COMMIT. */
interface AtOnceSteps {
  /** Answers whether it was done. */
  run(session: PostgresSession, hold: Hold): Promise<boolean>
  /** It was done, and the answer lost: this is what it left behind. */
  landed(counts: string): void
}
