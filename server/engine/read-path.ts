import { splitPath } from '@penstock/schemas/split-path.ts'

/** A JSON value as a parser gives it. Numbers that JavaScript cannot hold exactly are `JSON.rawJSON` objects. */
export type Json = unknown

/**
 * The value at a dotted path, or undefined. Lists are entered by index. Only a value's own members are seen, so a path
 * never reaches a prototype.
 */
export function readPath(value: Json, path: string): Json {
  if (path === '') return value
  return readSteps(value, stepsOf(path))
}

/** The value at the end of these steps. */
export function readSteps(value: Json, steps: readonly string[]): Json {
  let current = value
  for (const step of steps) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined
    current = Reflect.get(current, step)
  }
  return current
}

const split = new Map<string, readonly string[]>()

/** A path's steps. Kept, because a run reads the same few paths a million times. */
export function stepsOf(path: string): readonly string[] {
  const known = split.get(path)
  if (known) return known
  const steps = splitPath(path)
  if (split.size < 10_000) split.set(path, steps)
  return steps
}

/** A JSON object, as opposed to a list, a scalar or a raw number. */
export function isJsonObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value)
}

/** Numbers beyond what JavaScript holds exactly, as `parseExact` leaves them: their text. */
export function isRawNumber(value: Json): value is { readonly rawJSON: string } {
  return typeof value === 'object' && value !== null && rawJson.isRawJSON(value)
}

/** A scalar as text, for comparing keys: numbers of any size to their last digit. */
export function scalarText(value: Json): string {
  return isRawNumber(value) ? value.rawJSON : String(value)
}

/** `JSON.rawJSON` and friends (Node 22 and newer), which TypeScript’s own declarations do not know yet. */
export const rawJson = JSON as typeof JSON & {
  rawJSON(text: string): { readonly rawJSON: string }
  isRawJSON(value: unknown): boolean
}
