import { z } from 'zod'

/** No pipeline is as large as this, and what looks at every part of one must not take long. */
const mostMembers = 20_000
/** Deeper than anything that a document can say; what walks through it calls itself. */
const deepest = 64

/** Any JSON object of a size and depth that can be worked with, and that can be kept. */
export const boundedObject = z
  .record(z.string(), z.unknown())
  .refine(isBounded, `It is larger than ${mostMembers} members, or nested deeper than ${deepest}.`)

function isBounded(value: unknown): boolean {
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
