import type { RunInput } from '../engine/execute-run.ts'
import { countSource } from '../engine/count-source.ts'
import type { SourceCount } from '../engine/count-source.ts'
import type { RunObject } from '../runs/describe-run.ts'
import type { RunObjectRow } from '../store/run-rows.ts'

type Completeness = NonNullable<RunObject['completeness']>

/** Longer than this nobody waits for numbers. */
const patienceMs = 60_000

/**
 * Holds the rows in the destination against what the source reports, for the objects that ended well, by object. Rejects with a
 * `RunFailure` where the source cannot be asked.
 */
export async function checkCompleteness(
  input: Pick<
    RunInput,
    'connector' | 'pipeline' | 'connection' | 'http' | 'keepTokens' | 'budget' | 'destination' | 'signal'
  >,
  ended: readonly Pick<RunObjectRow, 'object' | 'state' | 'rejected'>[],
): Promise<ReadonlyMap<string, Completeness>> {
  const good = ended.filter(({ state }) => state === 'done' || state === 'warning')
  const only = good.map(({ object }) => object)
  if (only.length === 0) return new Map()
  const signal = AbortSignal.any([input.signal, AbortSignal.timeout(patienceMs)])
  const rows = await input.destination.countRows(only)
  const counts = await countSource({ ...input, only, signal })
  return new Map(
    counts.map((count) => {
      const rejected = good.find(({ object }) => object === count.object)?.rejected ?? 0
      const table = rows.get(count.object)
      return [count.object, compareCounts(count, table ? table.rows - table.deleted : null, rejected)]
    }),
  )
}

/**
 * One object's rows beside what the source reports, with what is known to make them differ. `rows`: null where there is no table. `rejected`:
 * how many records of the run could not land.
 */
export function compareCounts(count: SourceCount, rows: number | null, rejected: number): Completeness {
  const { reported, readable, capped, known } = count
  if (reported === undefined || rows === null)
    return { rows, reported: null, agrees: null, why: unknown(count) }
  const limits = capped ? [`${parentsBeyond(capped)}.`] : []
  if (rows === readable)
    return { rows, reported, agrees: true, why: ['All that can be read is here.', ...limits].join(' ') }
  const difference = rows - (readable ?? reported)
  const there = `The table has ${rowsOf(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'}`
  const first = `${there} than ${capped ? 'can be read' : 'the source reports'}.`
  const reasons = [
    ...limits,
    ...known,
    ...(rejected > 0 ? [`${recordsOf(rejected)} could not land; see _penstock_rejected.`] : []),
  ]
  const last =
    reasons.length > 0
      ? []
      : [
          'Records may have come or gone since they were read; deletions are noticed where the API tells of them.',
        ]
  return { rows, reported, agrees: false, why: [first, ...reasons, ...last].join(' ') }
}

/** "3 of the conversations hold more than the 500 that the API gives of one" */
function parentsBeyond({ parents, of, atMost }: NonNullable<SourceCount['capped']>): string {
  const hold = parents === 1 ? 'holds' : 'hold'
  return `${parents} of the ${of} ${hold} more than the ${atMost} that the API gives of one`
}

function rowsOf(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}

function recordsOf(count: number): string {
  return count === 1 ? '1 record' : `${count} records`
}

function unknown({ failure, known, from }: SourceCount): string {
  if (failure) return `The source could not be asked: ${failure.message}`
  if (from === 'nowhere') return ['The source does not say how many there are.', ...known].join(' ')
  return 'There is no table yet.'
}
