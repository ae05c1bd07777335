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

/** Comparing more pairs of lines than this would take too long: the middle of the texts is told as replaced then. */
const mostPairs = 6_000_000

/** The shortest way, line by line, from one text to another. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1
  let tail = 0
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1
  const middle = between(old.slice(head, old.length - tail), now.slice(head, now.length - tail))
  return [...told('same', now.slice(0, head)), ...middle, ...told('same', now.slice(now.length - tail))]
}

/** What changed, in pieces; the lines between them are left out but for `around` on either side. */
export function hunksOf(lines: readonly DiffLine[], around = 3): readonly Hunk[] {
  const near = lines.map((_, place) =>
    lines.slice(Math.max(0, place - around), place + around + 1).some(({ kind }) => kind !== 'same'),
  )
  const hunks: { line: number; lines: DiffLine[] }[] = []
  let number = 1
  lines.forEach((line, place) => {
    if (near[place]) {
      if (!near[place - 1]) hunks.push({ line: number, lines: [] })
      hunks.at(-1)?.lines.push(line)
    }
    if (line.kind !== 'removed') number += 1
  })
  return hunks
}

function between(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  if (old.length * now.length > mostPairs) return [...told('removed', old), ...told('added', now)]
  const width = now.length + 1
  // How many lines the rests of both texts have in common, from each pair of places on.
  const common = new Uint32Array((old.length + 1) * width)
  const at = (i: number, j: number): number => common[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      common[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push(...told('same', [old[i] ?? '']))
      i += 1
      j += 1
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(...told('removed', [old[i] ?? '']))
      i += 1
    } else {
      lines.push(...told('added', [now[j] ?? '']))
      j += 1
    }
  }
  return lines
}

function told(kind: DiffLine['kind'], texts: readonly string[]): readonly DiffLine[] {
  return texts.map((text) => ({ kind, text }))
}
