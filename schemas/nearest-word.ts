/**
 * The word of `known` that `word` was probably meant to be, for "did you mean": at most a third of its letters differ
 * (and at least two may), ignoring case. Undefined when none is near enough.
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const asked = word.toLowerCase().slice(0, 100)
  const atMost = Math.max(2, Math.floor(asked.length / 3))
  let best: { readonly name: string; readonly edits: number } | undefined
  for (const name of known) {
    // Each letter that one has more is an edit: most words are told apart by their length alone.
    if (Math.abs(asked.length - name.length) > atMost) continue
    const edits = countEdits(asked, name.toLowerCase())
    if (edits <= atMost && edits < name.length && (best === undefined || edits < best.edits))
      best = { name, edits }
  }
  return best?.name
}

/** Levenshtein's distance: how many letters must be put in, taken out or exchanged. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1]
    for (let j = 0; j < to.length; j += 1) {
      const kept = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1)
      next.push(Math.min(kept, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
