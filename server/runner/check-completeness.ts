import type { RunInput } from '../engine/execute-run.ts'
import { parentsBeyond } from '../engine/compare-counts.ts'
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
  ended: readonly RunObjectRow[],
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
      return [count.object, compare(count, table ? table.rows - table.deleted : null, rejected)]
    }),
  )
}

function compare(count: SourceCount, rows: number | null, rejected: number): Completeness {
  const { reported, readable, capped, known } = count
  if (reported === undefined || rows === null)
    return { rows, reported: null, agrees: null, why: unknown(count) }
  const limits = capped ? [`${parentsBeyond(capped)}.`] : []
  if (rows === readable)
    return { rows, reported, agrees: true, why: ['All that can be read is here.', ...limits].join(' ') }
  const difference = rows - (readable ?? reported)
  const first =
    difference > 0
      ? `The table has ${rowsOf(difference)} more than the source reports.`
      : `The table has ${rowsOf(-difference)} fewer than the source reports.`
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
