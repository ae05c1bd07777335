import { isJsonObject, rawJson, readPath, type Json } from './read-path.ts'

/** Whether JavaScript may have changed this number while parsing it: beyond 2^53, or not finite. */
export function mayBeInexact(value: number): boolean {
  return value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER
}

/** Deeper than any record goes; whoever meets such a value refuses it later. */
const deepest = 200

/** Whether a plain parse may have lost digits anywhere in a value. */
export function hasInexactNumber(value: Json, depth = 0): boolean {
  if (typeof value === 'number') return mayBeInexact(value)
  if (typeof value !== 'object' || value === null || depth > deepest) return false
  if (Array.isArray(value)) return value.some((item) => hasInexactNumber(item, depth + 1))
  for (const key in value) {
    const member: Json = (value as Record<string, Json>)[key]
    // Most members are texts or null: they are passed over here, where that costs no call.
    if (member === null || typeof member === 'string') continue
    if (hasInexactNumber(member, depth + 1)) return true
  }
  return false
}

/**
 * The records of a list, with every number beyond 2^53 as it was written in the answer's text (a `JSON.rawJSON` object). The list stands
 * in the answer at `path`.
 *
 * A plain parse rounds such a number, but rounding is a function: the number's own text is among the few long numbers in the
 * answer, and it is the one that rounds to it. Only where two different ones do is the whole answer parsed exactly, which is
 * twenty times slower.
 */
export function exactRecords(records: readonly Json[], text: string, path: string): readonly Json[] {
  if (!records.some((record) => hasInexactNumber(record))) return records
  const spellings = largeNumbers(text)
  try {
    return records.map((record) => (hasInexactNumber(record) ? respellOrLeave(record, spellings) : record))
  } catch (error) {
    if (!(error instanceof Ambiguous)) throw error
    const exact = readPath(parseExact(text), path)
    return Array.isArray(exact) ? exact : records
  }
}

/** Parses JSON and keeps every number beyond 2^53 as it was written, as a `JSON.rawJSON` object. */
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

/** A number in the answer may have been written in two ways. */
class Ambiguous extends Error {
  override readonly name = 'Ambiguous'
}

/** Everything in a text that reads like a number beyond 2^53, by what it rounds to. */
function largeNumbers(text: string): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, Set<string>>()
  // A number stands behind one of these; without them each digit of each number would be a place to begin.
  for (const [match] of text.matchAll(
    /[:,[\s]-?(?:\d{16,}(?:\.\d+)?(?:[eE][+-]?\d+)?|\d+(?:\.\d+)?[eE]\+?\d{2,})/g,
  )) {
    const spelling = match.slice(1)
    const value = Number(spelling)
    if (!mayBeInexact(value)) continue
    const others = found.get(value)
    if (others) others.add(spelling)
    else found.set(value, new Set([spelling]))
  }
  return found
}

/** A record that is nested too deep stays as it is: it is set aside later, and must not stop its list. */
function respellOrLeave(record: Json, spellings: ReadonlyMap<number, ReadonlySet<string>>): Json {
  try {
    return respell(record, spellings)
  } catch (error) {
    if (error instanceof RangeError) return record
    throw error
  }
}

function respell(value: Json, spellings: ReadonlyMap<number, ReadonlySet<string>>): Json {
  if (typeof value === 'number' && mayBeInexact(value)) {
    const [spelling, ...others] = spellings.get(value) ?? []
    if (spelling === undefined || others.length > 0) throw new Ambiguous()
    return rawJson.rawJSON(spelling)
  }
  if (Array.isArray(value)) return value.map((item) => respell(item, spellings))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, respell(member, spellings)]))
}
