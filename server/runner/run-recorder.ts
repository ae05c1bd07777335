import type { RunReport } from '@penstock/schemas/generated/run.ts'
import type { RunEvent } from '../engine/execute-run.ts'
import { RunFailure } from '../engine/failures.ts'
import { isDatabaseAway } from '../is-database-away.ts'
import { errorFields } from '../log.ts'
import type { Log } from '../log.ts'
import { outlast } from '../outlast.ts'
import { insertEvents, putRunObjects, updateCarried } from '../store/carried-run-rows.ts'
import type { Attempt, RunChange } from '../store/carried-run-rows.ts'
import type { Database } from '../store/database.ts'
import { announceChange } from '../store/event-rows.ts'
import type { EventLevel, RunEventRow } from '../store/event-rows.ts'
import type { RunObjectRow, RunRow } from '../store/run-rows.ts'
import type { RunState } from '../store/tables/runs.ts'
import type { ObjectBoard } from './object-board.ts'
import { tellEvent } from './tell-event.ts'

/** A line of the log, a state: shown within a tenth of a second. Counts alone: twice a second. */
const promptMs = 100
const calmMs = 500
/** How often, and how long, the end of a run is tried to be written where the database is away. */
const patience = { retryMs: 500, patienceMs: 120_000 }

interface Line {
  readonly level: EventLevel
  readonly object?: string | undefined
  readonly kind: string
  readonly message: string
  readonly data?: Record<string, unknown> | undefined
}

/**
 * Writes down what an attempt at a run does, as it does it: rows of its objects, lines of its log, and that there is something new to
 * see. One at a time and in order, so that the numbers of the lines are those of their commits. Once the run belongs to another
 * attempt nothing is written any more, and `onLost` is called.
 */
export class RunRecorder {
  readonly board: ObjectBoard
  readonly #database: Database
  readonly #log: Log
  readonly #attempt: Attempt
  readonly #onLost: () => void
  #seq: number
  #lines: RunEventRow[] = []
  #change: RunChange = {}
  #timer: NodeJS.Timeout | undefined
  #due = Infinity
  #writing: Promise<void> = Promise.resolve()
  #lost = false
  #closed = false
  /** The last word is being written, and takes along whatever is still to be written: nothing may overtake it. */
  #isEnding = false
  /** Nobody was told yet that the run is under way. */
  #isNew = true

  constructor(input: {
    readonly database: Database
    readonly log: Log
    readonly run: RunRow
    readonly board: ObjectBoard
    readonly onLost: () => void
  }) {
    const { id: runId, workspaceId, attempt, lastSeq } = input.run
    this.#database = input.database
    this.#log = input.log
    this.#attempt = { workspaceId, runId, attempt }
    this.#onLost = input.onLost
    this.#seq = lastSeq
    this.board = input.board
  }

  /** Whether another attempt has the run now. */
  get lost(): boolean {
    return this.#lost
  }

  /** Notes an event of the engine. */
  note(event: RunEvent): void {
    if (this.#closed) return
    this.board.note(event)
    if (event.type === 'account') this.#change = { ...this.#change, account: accountOf(event) }
    const line = tellEvent(event)
    if (line) this.write(line)
    else this.#schedule(event.type === 'progress' ? calmMs : promptMs)
  }

  /** Writes a line of the log. */
  write({ level, object, kind, message, data }: Line): void {
    const { workspaceId, runId } = this.#attempt
    this.#seq += 1
    this.#lines.push({
      workspaceId,
      runId,
      level,
      kind,
      message,
      seq: this.#seq,
      at: new Date(),
      object: object ?? null,
      data: data ?? null,
    })
    this.#schedule(promptMs)
  }

  /** Takes no more events: what is told from now on is about stopping, and stays unsaid where the run goes on elsewhere. */
  close(): void {
    this.#closed = true
  }

  /** Throws `fenced` where the run belongs to another attempt at this moment. Where the database does not answer it is asked again. */
  async insist(): Promise<void> {
    if (await this.#isOurs()) return
    this.#lost = true
    this.#onLost()
    throw new RunFailure('fenced', 'Another worker has taken the run over.')
  }

  async #isOurs(): Promise<boolean> {
    const { workspaceId } = this.#attempt
    return await outlast(
      () => this.#database.inWorkspace(workspaceId, (tx) => updateCarried(tx, this.#attempt, {})),
      { ...patience, isPassing: (error) => !this.#closed && isDatabaseAway(error) },
    )
  }

  /** Writes the last word, and tries again where the database does not answer. False: the run was no longer ours to end. */
  async finish(change: RunChange): Promise<boolean> {
    this.#isEnding = true
    clearTimeout(this.#timer)
    await this.#writing
    const end = async () => {
      if (!this.#lost) await this.#flush(change)
    }
    await outlast(end, { ...patience, isPassing: () => true })
    return !this.#lost
  }

  #schedule(withinMs: number): void {
    const due = Date.now() + withinMs
    if (due >= this.#due || this.#lost || this.#isEnding) return
    this.#due = due
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      // The next one waits for this one, so it stays due until that is over.
      this.#writing = this.#writing
        .then(() => this.#flush({}))
        .catch((error: unknown) => {
          this.#log.warn('run.not_recorded', errorFields(error))
          this.#due = Infinity
          this.#schedule(calmMs)
        })
    }, withinMs)
  }

  async #flush(last: RunChange): Promise<void> {
    this.#due = Infinity
    const [lines, objects, change] = [this.#lines, this.board.takeChanged(), { ...this.#change, ...last }]
    this.#lines = []
    try {
      const ours = await this.#put(lines, objects, change)
      if (ours || this.#lost) return
      this.#lost = true
      this.#onLost()
    } catch (error) {
      this.#lines = [...lines, ...this.#lines]
      this.board.putBack(objects)
      throw error
    }
  }

  async #put(
    lines: readonly RunEventRow[],
    objects: readonly RunObjectRow[],
    change: RunChange,
  ): Promise<boolean> {
    const { workspaceId, runId } = this.#attempt
    return await this.#database.inWorkspace(workspaceId, async (tx) => {
      const lastSeq = lines.at(-1)?.seq
      const counted = this.#counts(change)
      const ours = await updateCarried(tx, this.#attempt, {
        ...counted,
        ...change,
        ...(lastSeq === undefined ? {} : { lastSeq }),
      })
      if (!ours) return false
      await putRunObjects(tx, objects)
      await insertEvents(tx, lines)
      await announceChange(tx, { workspaceId, runId, list: this.#isNew || change.state !== undefined })
      this.#isNew = false
      return true
    })
  }

  /** Until the report counts for the whole run, its requests are those of its objects. */
  #counts({ requests }: RunChange): RunChange {
    if (requests !== undefined) return {}
    const sum = (name: 'requests' | 'retries') => this.board.rows.reduce((all, row) => all + row[name], 0)
    return { requests: sum('requests'), retries: sum('retries') }
  }
}

function accountOf(event: RunEvent & { type: 'account' }): Record<string, string> {
  const { name, id, region } = event
  return { name, id, ...(region === undefined ? {} : { region }) }
}

/** How a run ended, by how its objects did, over all of its attempts. */
export function endState(
  board: ObjectBoard,
  report: Pick<RunReport, 'status'> | undefined,
): Exclude<RunState, 'queued' | 'running'> {
  const rows = board.rows
  const succeeded = rows.filter(({ state }) => state === 'done' || state === 'warning').length
  if (rows.length > 0 && succeeded === rows.length) return 'succeeded'
  if (report?.status === 'cancelled' || rows.some(({ state }) => state === 'cancelled')) return 'cancelled'
  return succeeded === 0 ? 'failed' : 'partial'
}
