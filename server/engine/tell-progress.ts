import type { Clock } from './clock.ts'
import type { StoredTable } from './destination.ts'
import type { RunEvent, RunInput } from './execute-run.ts'
import { landedOf } from './run-tally.ts'
import type { RunState } from './write-report.ts'

type Emit = (event: RunEvent) => void

/** How far an object has come. */
export function progressOf(state: RunState, object: string): RunEvent {
  const tally = state.tally.of(object)
  const { requests, retries } = tally
  return { type: 'progress', object, ...landedOf(tally), requests, retries }
}

/** At most ten reports a second for each object. Its last one comes with its end. */
export function throttled(
  state: RunState,
  { emit, clock }: { readonly emit: Emit; readonly clock: Clock },
): (object: string) => void {
  const last = new Map<string, number>()
  return (object) => {
    const now = clock.now()
    if (now - (last.get(object) ?? 0) < 100) return
    last.set(object, now)
    emit(progressOf(state, object))
  }
}

/**
 * Where earlier attempts at this run have landed rows, sets the run's counts to what the destination keeps beside those rows, and tells for
 * which objects they are complete.
 */
export function recount(
  { soFar }: RunInput,
  { run, objects, tally }: RunState,
  stored: ReadonlyMap<string, StoredTable>,
  emit: Emit,
): void {
  if (!soFar) return
  const known = new Map(
    [...stored].flatMap(([object, { counted }]) => (counted?.run === run ? [[object, counted.counts]] : [])),
  )
  tally.set(known)
  // Complete are those whose counts the destination keeps, and those of which nothing was extracted. Of an object of which rows were told, and
  // beside which no counts stand, the last ones may be missing.
  const sure = objects.filter((object) => known.has(object) || tally.of(object).extracted === 0)
  emit({ type: 'recounted', objects: sure })
}
