import type { ObjectReport, RunReport } from '@penstock/schemas/generated/run.ts'
import type { CountedSoFar, RunEvent } from '../engine/execute-run.ts'
import type { RunObjectRow } from '../store/run-rows.ts'
import type { ObjectState } from '../store/tables/runs.ts'

const states = {
  queued: 'queued',
  reading: 'extracting',
  loading: 'loading',
  succeeded: 'done',
  skipped: 'skipped',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<string, ObjectState>

/** How the objects of a run stand, over all of its attempts: the engine counts on from where those before it left off. */
export class ObjectBoard {
  readonly #rows = new Map<string, RunObjectRow>()
  /** Objects of which rows may have landed that the attempt before could not tell any more. */
  readonly #uncounted: Set<string>
  readonly #dirty = new Set<string>()

  constructor(rows: readonly RunObjectRow[]) {
    for (const row of rows) {
      const { loaded, unchanged, filtered, rejected } = row
      // An earlier version counted more as extracted than it accounted for.
      const extracted = hasEnded(row.state) ? row.extracted : loaded + unchanged + filtered + rejected
      this.#rows.set(row.object, { ...row, extracted })
    }
    this.#uncounted = new Set(
      rows.filter(({ state }) => state === 'extracting' || state === 'loading').map(({ object }) => object),
    )
  }

  /** The objects that were broken off, so that the counts of their last moment are missing; until the destination was asked for them. */
  get uncounted(): readonly string[] {
    return [...this.#uncounted]
  }

  /** What is known of the objects that are not at their end. */
  get soFar(): CountedSoFar['objects'] {
    return new Map(
      this.rows.filter(({ state }) => !hasEnded(state)).map((row) => [row.object, countsOf(row)]),
    )
  }

  /** The objects that no attempt has brought to its end. */
  get open(): readonly string[] {
    return [...this.#rows.values()].filter(({ state }) => !hasEnded(state)).map(({ object }) => object)
  }

  get rows(): readonly RunObjectRow[] {
    return [...this.#rows.values()]
  }

  /** What changed since the last call. */
  takeChanged(): readonly RunObjectRow[] {
    const changed = this.rows.filter(({ object }) => this.#dirty.has(object))
    this.#dirty.clear()
    return changed
  }

  /** These could not be written after all. */
  putBack(rows: readonly RunObjectRow[]): void {
    for (const { object } of rows) this.#dirty.add(object)
  }

  /** Notes what the engine tells. */
  note(event: RunEvent): void {
    if (event.type === 'object') {
      const at = new Date(event.at ?? Date.now())
      const state = states[event.state]
      this.#change(event.object, (row) => ({
        state: state === 'done' && (event.warnings ?? []).length > 0 ? 'warning' : state,
        warnings: [...(event.warnings ?? row.warnings)],
        startedAt: row.startedAt ?? (state === 'extracting' ? at : null),
        finishedAt: hasEnded(state) ? at : null,
      }))
    }
    if (event.type === 'progress') this.#change(event.object, () => countsOf(event))
    if (event.type === 'recounted') for (const object of event.objects) this.#uncounted.delete(object)
  }

  /** Notes the engine's last word. Where another attempt goes on, what this one did not bring to an end stays open. */
  finish(report: RunReport, { goesOn }: { readonly goesOn: boolean }): void {
    for (const one of report.objects) {
      const open = goesOn && (one.status === 'cancelled' || one.error?.code === 'fenced')
      this.#change(one.object, (row) => ({
        ...countsOf(one),
        mode: one.mode,
        waits: addWaits(row.waits, one),
        startedAt: row.startedAt ?? moment(one.startedAt),
        checkpointBefore: row.checkpointBefore ?? one.checkpointBefore ?? null,
        checkpointAfter: one.checkpoint,
        warnings: one.warnings,
        ...(open
          ? { state: 'queued', finishedAt: null }
          : {
              state: stateOf(one),
              error: one.error,
              finishedAt: moment(one.finishedAt) ?? new Date(report.finishedAt),
            }),
      }))
    }
  }

  /** Sets what is known about an object beside its counts. */
  set(object: string, change: Partial<RunObjectRow>): void {
    this.#change(object, () => change)
  }

  #change(object: string, change: (row: RunObjectRow) => Partial<RunObjectRow>): void {
    const row = this.#rows.get(object)
    if (!row) return
    this.#rows.set(object, { ...row, ...change(row) })
    this.#dirty.add(object)
  }
}

type Counts = Pick<
  RunObjectRow,
  'extracted' | 'loaded' | 'unchanged' | 'filtered' | 'rejected' | 'deleted' | 'requests' | 'retries'
>

/** The engine's counts: `retries` was not always among them. */
function countsOf(known: Omit<Counts, 'retries'> & { readonly retries?: number }): Counts {
  const { extracted, loaded, unchanged, filtered, rejected, deleted, requests, retries = 0 } = known
  return { extracted, loaded, unchanged, filtered, rejected, deleted, requests, retries }
}

export function hasEnded(state: ObjectState): boolean {
  return (
    state === 'done' ||
    state === 'warning' ||
    state === 'failed' ||
    state === 'skipped' ||
    state === 'cancelled'
  )
}

function addWaits(before: Readonly<Record<string, number>>, { waits }: ObjectReport): Record<string, number> {
  const sums: Record<string, number> = { ...before }
  for (const { reason, ms } of waits ?? []) sums[reason] = (sums[reason] ?? 0) + ms
  return sums
}

function stateOf({ status, warnings }: ObjectReport): ObjectState {
  return status === 'succeeded' && warnings.length > 0 ? 'warning' : states[status]
}

function moment(iso: string | null | undefined): Date | null {
  return iso ? new Date(iso) : null
}
