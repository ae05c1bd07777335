import { rawJson, splitPath, type Json } from './read-path.ts'

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
    if (typeof member !== 'string' && hasInexactNumber(member, depth + 1)) return true
  }
  return false
}

/**
 * The records of a list, exactly: those in which a plain parse met a number beyond 2^53 are parsed again from the answer's text, with
 * every such number kept as it was written. That is about twenty times slower, so the others are left alone.
 * `text` is the whole answer, and the list stands in it at `path`.
 */
export function exactRecords(records: readonly Json[], text: string, path: string): readonly Json[] {
  if (!records.some((record) => hasInexactNumber(record))) return records
  const spans = elementSpans(text, path)
  return records.map((record, place) => {
    const span = spans[place]
    return span && hasInexactNumber(record) ? parseExact(text.slice(...span)) : record
  })
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

type Span = readonly [start: number, end: number]

/** Where the elements of the list at a path stand in valid JSON text. Of a key that comes twice, the last one counts, as in parsing. */
export function elementSpans(text: string, path: string): readonly Span[] {
  let at = skipBlank(text, 0)
  for (const step of path === '' ? [] : splitPath(path)) {
    const member = [...members(text, at)].findLast(([key]) => key === step)
    if (!member) return []
    at = member[1]
  }
  return text[at] === '[' ? [...elements(text, at)] : []
}

function* elements(text: string, at: number): Generator<Span> {
  for (let start = skipBlank(text, at + 1); text[start] !== ']';) {
    const end = skipValue(text, start)
    yield [start, end]
    const next = skipBlank(text, end)
    start = text[next] === ',' ? skipBlank(text, next + 1) : next
  }
}

/** An object's keys and where their values begin; those of a list are its indexes. */
function* members(text: string, at: number): Generator<readonly [string, number]> {
  if (text[at] === '[') {
    let index = 0
    for (const [start] of elements(text, at)) yield [String(index++), start]
  }
  if (text[at] !== '{') return
  for (let start = skipBlank(text, at + 1); text[start] === '"';) {
    const end = skipValue(text, start)
    const value = skipBlank(text, skipBlank(text, end) + 1)
    yield [JSON.parse(text.slice(start, end)), value]
    const next = skipBlank(text, skipValue(text, value))
    start = text[next] === ',' ? skipBlank(text, next + 1) : next
  }
}

function skipBlank(text: string, at: number): number {
  let place = at
  while (place < text.length && text.charCodeAt(place) <= 32) place++
  return place
}

/** Where the value that begins here ends. */
function skipValue(text: string, at: number): number {
  let depth = 0
  for (let place = at; place < text.length; place++) {
    const code = text.charCodeAt(place)
    if (code === quote) place = endOfString(text, place)
    else if (code === openBrace || code === openBracket) depth++
    else if (code === closeBrace || code === closeBracket) {
      if (depth === 0) return place
      depth--
    } else if (depth === 0 && (code === comma || code <= 32)) return place
    if (depth === 0 && (code === quote || code === closeBrace || code === closeBracket)) return place + 1
  }
  return text.length
}

function endOfString(text: string, at: number): number {
  for (let place = at + 1; ; place++) {
    place = text.indexOf('"', place)
    if (place === -1) return text.length
    let slashes = 0
    while (text.charCodeAt(place - 1 - slashes) === backslash) slashes++
    if (slashes % 2 === 0) return place
  }
}

const quote = 0x22
const comma = 0x2c
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d
