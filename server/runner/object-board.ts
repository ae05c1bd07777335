import type { ObjectReport, RunReport } from '@penstock/schemas/generated/run.ts'
import type { RunEvent } from '../engine/execute-run.ts'
import type { RunObjectRow } from '../store/run-rows.ts'
import type { ObjectState } from '../store/tables/runs.ts'

type Counts = Pick<
  RunObjectRow,
  'extracted' | 'loaded' | 'unchanged' | 'filtered' | 'rejected' | 'deleted' | 'requests' | 'retries'
>

const states = {
  queued: 'queued',
  reading: 'extracting',
  loading: 'loading',
  succeeded: 'done',
  skipped: 'skipped',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<string, ObjectState>

/**
 * How the objects of a run stand, over all of its attempts: what an attempt counts is added to what those before it left behind. Of a
 * broken-off attempt only records that are accounted for count as extracted, so that the sums still agree.
 */
export class ObjectBoard {
  readonly #rows = new Map<string, RunObjectRow>()
  readonly #before = new Map<string, Counts>()
  readonly #dirty = new Set<string>()

  constructor(rows: readonly RunObjectRow[]) {
    for (const row of rows) {
      const { loaded, unchanged, filtered, rejected } = row
      const extracted = hasEnded(row.state) ? row.extracted : loaded + unchanged + filtered + rejected
      this.#rows.set(row.object, { ...row, extracted })
      this.#before.set(row.object, { ...row, extracted })
    }
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
    if (event.type === 'progress') {
      const { extracted, loaded, unchanged, rejected, requests, retries = 0 } = event
      const { filtered, deleted } = this.#before.get(event.object) ?? { filtered: 0, deleted: 0 }
      const counts = { extracted, loaded, unchanged, rejected, requests, retries, filtered: 0, deleted: 0 }
      this.#change(event.object, () => ({ ...this.#sum(event.object, counts), filtered, deleted }))
    }
  }

  /** Notes the engine's last word. Where another attempt goes on, what this one did not bring to an end stays open. */
  finish(report: RunReport, { goesOn }: { readonly goesOn: boolean }): void {
    for (const one of report.objects) {
      const open = goesOn && (one.status === 'cancelled' || one.error?.code === 'fenced')
      this.#change(one.object, (row) => ({
        ...this.#sum(one.object, one),
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

  #sum(object: string, counts: CountsOf): Counts {
    const before = this.#before.get(object)
    return {
      extracted: counts.extracted + (before?.extracted ?? 0),
      loaded: counts.loaded + (before?.loaded ?? 0),
      unchanged: counts.unchanged + (before?.unchanged ?? 0),
      filtered: counts.filtered + (before?.filtered ?? 0),
      rejected: counts.rejected + (before?.rejected ?? 0),
      deleted: counts.deleted + (before?.deleted ?? 0),
      requests: counts.requests + (before?.requests ?? 0),
      retries: (counts.retries ?? 0) + (before?.retries ?? 0),
    }
  }

  #change(object: string, change: (row: RunObjectRow) => Partial<RunObjectRow>): void {
    const row = this.#rows.get(object)
    if (!row) return
    this.#rows.set(object, { ...row, ...change(row) })
    this.#dirty.add(object)
  }
}

/** The engine's counts: `retries` was not always among them. */
type CountsOf = Omit<Counts, 'retries'> & { readonly retries?: number }

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
