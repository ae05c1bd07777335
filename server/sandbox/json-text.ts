/** A JSON object as text was parsed into it; numbers beyond 2^53 are kept as their digits. */
export type JsonObject = Record<string, unknown>

/** JSON.rawJSON and the reviver's source text (ECMAScript 2026) are in Node 24, not yet in TypeScript's library. */
interface RawJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown
  rawJSON(digits: string): object
  isRawJSON(value: unknown): boolean
}
const rawJson = JSON as unknown as RawJson

/** Parses JSON; a number that a double cannot hold (2^53+1, 1e400) stays the digits it was, also when written again. */
export function parseExactly(text: string): JsonObject {
  return rawJson.parse(text, (_key, value, { source }) =>
    typeof value === 'number' &&
    source !== undefined &&
    !Number.isSafeInteger(value) &&
    String(value) !== source
      ? rawJson.rawJSON(source)
      : value,
  ) as JsonObject
}

/** Whether a value holds digits that parseExactly kept. */
export function isDigits(value: unknown): boolean {
  return rawJson.isRawJSON(value)
}

/** A string as it stands inside a JSON text, without the quotes. */
export function jsonInner(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
