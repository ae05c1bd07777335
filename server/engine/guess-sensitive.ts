import type { SensitiveKind } from '@penstock/schemas/generated/record.ts'
import { kindByName } from '@penstock/schemas/kind-by-name.ts'

const values: readonly (readonly [RegExp, SensitiveKind])[] = [
  [/^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$/, 'email'],
  [/^\s*\+\d[\d ()./-]{6,20}$/, 'phone'],
  [/^\d{1,3}(\.\d{1,3}){3}$/, 'ip'],
]

/** Levels of lists and objects; what is nested deeper does not land anyway (see `convertCell`). */
const deepest = 100
/** Members that are looked at on each level. */
const mostMembers = 200

/**
 * What a field that nobody described may hold, by its name or by the first value met, or by a member of that value at any depth; undefined
 * where nothing speaks for personal data. It errs on the side of hashing: a token can be lifted by a person's decision, a leak cannot.
 */
export function guessSensitive(name: string, example: unknown): SensitiveKind | undefined {
  return guess(name, example, 0)
}

function guess(name: string, example: unknown, depth: number): SensitiveKind | undefined {
  const byName = kindByName(name)
  if (byName) return byName
  if (typeof example === 'object' && example !== null) return guessInside(example, depth)
  if (typeof example !== 'string') return undefined
  return values.find(([pattern]) => pattern.test(example))?.[1]
}

function guessInside(value: object, depth: number): SensitiveKind | undefined {
  if (depth > deepest) return undefined
  for (const [key, member] of Object.entries(value).slice(0, mostMembers)) {
    const kind = guess(Array.isArray(value) ? '' : key, member, depth + 1)
    if (kind) return kind
  }
  return undefined
}
