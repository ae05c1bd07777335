import type { SourceCount } from './count-source.ts'
import type { RowCount } from './destination.ts'

export interface ComparisonInput {
  readonly counts: readonly SourceCount[]
  /** By object, from the destination. Absent where there is no table. */
  readonly rows: ReadonlyMap<string, RowCount>
  /** By object: records of the last runs that could not land. */
  readonly rejected?: ReadonlyMap<string, number>
}

/** What the source reports of an object, beside what is in the destination. */
export interface CountComparison {
  readonly object: string
  /** Rows that are not marked as deleted. */
  readonly rows: number
  /** Null where the source does not say. */
  readonly reported: number | null
  /** Null where nothing can be compared. */
  readonly agrees: boolean | null
  /** What can explain a difference, or why there is nothing to compare; in sentences. */
  readonly why: readonly string[]
}

/** Compares counts, and says honestly what is known to make them differ. */
export function compareCounts({ counts, rows, rejected }: ComparisonInput): readonly CountComparison[] {
  return counts.map((count) => {
    const landed = rows.get(count.object)
    const there = (landed?.rows ?? 0) - (landed?.deleted ?? 0)
    const reported = count.reported ?? null
    const { object } = count
    if (reported === null) return { object, rows: there, reported, agrees: null, why: whyUnknown(count) }
    const agrees = there === (count.readable ?? reported)
    const why = [
      ...(count.capped ? [cappedSentence(count, reported)] : []),
      ...(agrees ? [] : whyDifferent(count, there, landed, rejected?.get(object) ?? 0)),
    ]
    return { object, rows: there, reported, agrees, why }
  })
}

function whyUnknown({ failure }: SourceCount): readonly string[] {
  return [failure ? `${failure.message} ${failure.advice}` : 'The API does not report how many there are.']
}

function cappedSentence({ capped, readable }: SourceCount, reported: number): string {
  const lost = reported - (readable ?? reported)
  return `${capped ? `${parentsBeyond(capped)}, so ` : ''}${lost === 1 ? '1 record' : `${lost} records`} cannot be read.`
}

/** "3 of the conversations hold more than the 500 that the API gives of one" */
export function parentsBeyond({ parents, of, atMost }: NonNullable<SourceCount['capped']>): string {
  const hold = parents === 1 ? 'holds' : 'hold'
  return `${parents} of the ${of} ${hold} more than the ${atMost} that the API gives of one`
}

function whyDifferent(
  count: SourceCount,
  there: number,
  landed: RowCount | undefined,
  rejected: number,
): readonly string[] {
  if (!landed) return ['Nothing has landed yet.']
  const wanted = count.readable ?? count.reported ?? 0
  const more = there > wanted
  return [
    ...count.known,
    ...(rejected > 0 && !more ? [`${rejected} records could not land; see _penstock_rejected.`] : []),
    ...(landed.deleted > 0 && !more
      ? [`${landed.deleted} rows are marked as deleted at the source, and are not counted.`]
      : []),
    more
      ? 'Records that were deleted at the source, or landed before the start date was set, may still be in the table.'
      : 'Records that came or changed since the last run are not in the table yet.',
  ]
}
