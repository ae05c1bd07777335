import { rawJson, type Json } from './read-path.ts'

/** Whether JavaScript may have changed this number while parsing it: beyond 2^53, or not finite. */
export function mayBeInexact(value: number): boolean {
  return value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER || Number.isNaN(value)
}

/**
 * Parses JSON and keeps every number beyond 2^53 as it was written. About three times slower than `JSON.parse`, so a
 * page is parsed this way only when a plain parse met such a number.
 */
export function parseExact(text: string): Json {
  return JSON.parse(text, keepLargeNumbers)
}

function keepLargeNumbers(
  this: unknown,
  _key: string,
  value: unknown,
  context?: { source?: string },
): unknown {
  if (typeof value !== 'number' || !mayBeInexact(value) || context?.source === undefined) return value
  return rawJson.rawJSON(context.source)
}
