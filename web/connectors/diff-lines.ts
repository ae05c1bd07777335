import { structuredPatch } from 'diff'

/** A line of one text or of both. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Lines that changed, with a few around them. */
export interface Hunk {
  /** Of the first line, in the text after; from 1. */
  readonly line: number
  readonly lines: readonly DiffLine[]
}

const kinds: Readonly<Record<string, DiffLine['kind']>> = { ' ': 'same', '+': 'added', '-': 'removed' }

/** What changed from one text to another, line by line, with up to `around` lines that stayed on either side of each change. */
export function diffLines(before: string, after: string, around = 3): readonly Hunk[] {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: around })
  return hunks.map(({ newStart, lines }) => ({ line: newStart, lines: lines.flatMap(lineOf) }))
}

/** Nothing for the patch format's remark that a text does not end with a line's end. */
function lineOf(line: string): readonly DiffLine[] {
  const kind = kinds[line.charAt(0)]
  return kind ? [{ kind, text: line.slice(1) }] : []
}
