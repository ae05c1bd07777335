import type { Answers } from '../../api/answers.ts'

/** Records of an object, before and after protection. */
export type Preview = Answers['pipelines']['preview']
export type PreviewSide = 'before' | 'after'
export type PreviewCell = Preview['before'][number][string] | undefined

/** How many of a field's values are absent, from 0 (none) to 1 (all). */
export function emptyShare(rows: Preview['before'], field: string): number {
  const empty = rows.filter((row) => isEmpty(row[field])).length
  return rows.length === 0 ? 0 : empty / rows.length
}

/** Whether there is no value. */
export function isEmpty(value: PreviewCell): value is null | undefined {
  return value === null || value === undefined
}

/** A value on one line, as far as a cell has room. HTML in it is text. */
export function shortText(value: PreviewCell): string {
  if (isEmpty(value)) return '–'
  const text = String(value)
  return text.length > longest ? `${text.slice(0, longest)} …` : text
}

/** A value as a whole; JSON with a line for each member. */
export function wholeText(value: PreviewCell, type: string): string {
  if (isEmpty(value)) return ''
  return type === 'json' ? laidOut(String(value)) : String(value)
}

const longest = 120

/** What was cut off is no JSON any more, and stays as it is. */
function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
