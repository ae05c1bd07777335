import type { Actor } from '../actor.ts'
import { previewObject } from '../engine/preview-object.ts'
import type { PreviewCell, PreviewColumn } from '../engine/preview-object.ts'
import { openPreview, type PreviewRequest } from './open-preview.ts'

/** A record by its fields. Longer text is cut: see `cuts`. */
type PreviewRow = Readonly<Record<string, PreviewCell['value']>>

/** Some records of an object, as its columns would hold them before and after protection. */
export interface RecordPreview {
  readonly object: string
  readonly columns: readonly PreviewColumn[]
  /** What the API sends. */
  readonly before: readonly PreviewRow[]
  /** What would land, row by row beside `before`; null where a field is left out. */
  readonly after: readonly PreviewRow[]
  /** The cells whose text was cut, and how many bytes it has as a whole. */
  readonly cuts: readonly Cut[]
  /** Why records of the sample could not land. */
  readonly rejected: readonly string[]
}

interface Cut {
  readonly side: 'before' | 'after'
  readonly row: number
  readonly field: string
  readonly bytes: number
}

/**
 * Up to 50 records of an object of a draft, live from the API. Nothing is kept but that someone looked: who, at what, how many rows. With the
 * pipeline's id, what was decided about its new fields counts. Throws `INVALID` for a draft whose source or object has an error, and the
 * `RunFailure` of an API that did not answer.
 */
export async function previewRecords(actor: Actor, request: PreviewRequest): Promise<RecordPreview> {
  const { input, noteLook } = await openPreview(actor, request)
  const { object, columns, rows, rejected } = await previewObject(input)
  await noteLook({ rows: rows.length })
  const fields = columns.map(({ field }) => field)
  return {
    object,
    columns,
    before: rows.map((row) => byField(fields, row.before)),
    after: rows.map((row) => byField(fields, row.after)),
    cuts: rows.flatMap(({ before, after }, row) => [
      ...cutsIn(fields, before).map((cut) => ({ side: 'before' as const, row, ...cut })),
      ...cutsIn(fields, after).map((cut) => ({ side: 'after' as const, row, ...cut })),
    ]),
    rejected,
  }
}

function byField(fields: readonly string[], cells: readonly PreviewCell[]): PreviewRow {
  return Object.fromEntries(fields.map((field, place) => [field, cells[place]?.value ?? null]))
}

function cutsIn(
  fields: readonly string[],
  cells: readonly PreviewCell[],
): readonly { readonly field: string; readonly bytes: number }[] {
  return fields.flatMap((field, place) => {
    const bytes = cells[place]?.cut
    return bytes === undefined ? [] : [{ field, bytes }]
  })
}
