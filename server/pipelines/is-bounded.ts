/** No pipeline is as large as this, and what looks at every part of one must not take long. */
export const mostMembers = 20_000
/** Deeper than anything that a document can say; what walks through it calls itself. */
export const deepest = 64
/** In bytes of YAML: more than the largest that can be saved takes, with names of a hundred characters. */
export const largestDocument = 2.5 * 1024 * 1024

/** Whether a JSON value is of a size and depth that can be worked with. */
export function isBounded(value: unknown): boolean {
  const waiting: { readonly inner: unknown; readonly depth: number }[] = [{ inner: value, depth: 1 }]
  let members = 0
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { inner, depth } = next
    if (typeof inner !== 'object' || inner === null) continue
    if (depth > deepest) return false
    const held = Object.values(inner)
    members += held.length
    if (members > mostMembers) return false
    for (const one of held) waiting.push({ inner: one, depth: depth + 1 })
  }
  return true
}
