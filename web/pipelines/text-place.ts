/** A place in a text, with the line that it is in. */
export interface TextPlace {
  readonly line: number
  /** The characters of the line before it, itself, and those behind it; of a long line only what is near. */
  readonly before: string
  readonly at: string
  readonly after: string
  /** How many characters of the text stand before it. */
  readonly offset: number
}

const near = 48

/** The place that a refusal names by line and column, both from 1; undefined where it names none that the text has. */
export function placeIn(
  text: string,
  { line, column }: Readonly<Record<string, unknown>>,
): TextPlace | undefined {
  if (typeof line !== 'number' || typeof column !== 'number') return undefined
  const lines = text.split('\n')
  const written = lines[line - 1]?.replace(/\r$/, '')
  if (written === undefined) return undefined
  const from = Math.max(0, column - 1 - near)
  const to = column + near
  return {
    line,
    before: `${from > 0 ? '…' : ''}${written.slice(from, column - 1)}`,
    at: written.slice(column - 1, column),
    after: `${written.slice(column, to)}${written.length > to ? '…' : ''}`,
    offset: lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1,
  }
}
