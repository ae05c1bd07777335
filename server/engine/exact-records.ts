import { rawJson, readPath, type Json } from './read-path.ts'

/** Whether JavaScript may have changed this number while parsing it: beyond 2^53, or not finite. */
export function mayBeInexact(value: number): boolean {
  return value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER
}

/** Deeper than any record goes; whoever meets such a value refuses it later. */
const deepest = 200

/** Finds where in a value a plain parse may have lost digits. */
function findInexact(value: object, found: Place[], depth: number): void {
  if (depth > deepest) return
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) lookAt(value, index, value[index], found, depth)
    return
  }
  for (const key in value) {
    const member: Json = (value as Record<string, Json>)[key]
    // Most members are texts or null: they are passed over here, where that costs no call.
    if (typeof member === 'string' || member === null) continue
    lookAt(value, key, member, found, depth)
  }
}

function lookAt(container: object, key: string | number, member: Json, found: Place[], depth: number): void {
  if (typeof member === 'number') {
    if (mayBeInexact(member)) found.push({ container, key, rounded: member })
  } else if (typeof member === 'object' && member !== null) findInexact(member, found, depth + 1)
}

/** A number that may have been rounded: where it stands. */
interface Place {
  readonly container: object
  readonly key: string | number
  readonly rounded: number
}

/**
 * Gives the numbers beyond 2^53 back their digits. `records` is what a plain parse found in an answer at `path`; `text` is the whole answer.
 * Each such number in `records` is replaced, in place, by a `JSON.rawJSON` object that holds it as it is written in the text.
 *
 * A plain parse rounds such a number. Its own text is still among the few long numbers in the answer: it is the one that rounds to the same
 * value. Only where two different texts round to one value is the whole answer parsed again, exactly, which is twenty times slower; what is
 * given back then is a new value, and `records` stays as it was.
 */
export function exactValue(records: object, text: string, path: string): Json {
  const places: Place[] = []
  findInexact(records, places, 0)
  if (places.length === 0) return records
  const counts = new Map<number, number>()
  for (const { rounded } of places) counts.set(rounded, 1 + (counts.get(rounded) ?? 0))
  const spellings = (counts.size <= fewNumbers ? spellingsOf(counts, text) : undefined) ?? largeNumbers(text)
  const clear = [...counts.keys()].every((value) => spellings.get(value)?.size === 1)
  if (!clear) {
    return readPath(parseExact(text), path)
  }
  for (const { container, key, rounded: value } of places) {
    const [spelling] = spellings.get(value) ?? []
    if (spelling !== undefined) Reflect.set(container, key, rawJson.rawJSON(spelling))
  }
  return records
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

/** Up to so many different numbers are looked for one by one: that is ten times faster than looking at every number. */
const fewNumbers = 6

/** From here on JavaScript writes numbers with an exponent. */
const exponentFrom = 1e21

/** The digits with which all whole numbers begin that round to this one: it lies within a step of each. */
function commonBeginning(value: number): string {
  const step = 2n ** BigInt(Math.floor(Math.log2(Math.abs(value))) - 52)
  const least = String(BigInt(value) - step)
  const most = String(BigInt(value) + step)
  let same = 0
  while (same < least.length && least[same] === most[same]) same++
  return least.length === most.length ? least.slice(0, same) : ''
}

/**
 * How these numbers are written in a text, which holds each of them so many times; undefined where it cannot be told like this, as when
 * one is written in another way somewhere.
 */
function spellingsOf(
  counts: ReadonlyMap<number, number>,
  text: string,
): ReadonlyMap<number, ReadonlySet<string>> | undefined {
  const found = new Map<number, Set<string>>()
  for (const [value, count] of counts) {
    for (const spellings of likely(value, text)) {
      if (spellings.length !== count) continue
      found.set(value, new Set(spellings))
      break
    }
    if (!found.has(value)) return undefined
  }
  return found
}

/** What in a text rounds to a number, looked for in ways that cost more and more, each only where it is asked for. */
function* likely(value: number, text: string): Generator<readonly string[]> {
  const same = (candidates: Iterable<string>) =>
    [...candidates].filter((spelling) => Number(spelling) === value)
  if (Math.abs(value) < exponentFrom) {
    const beginning = commonBeginning(value)
    if (/\d{4}/.test(beginning)) yield same(numbersLike(beginning, text))
    return
  }
  const [, exponent] = String(value).split('e+')
  if (exponent !== undefined) yield same(numbersTimesTenTo(exponent, text))
  yield same(numbersWithExponent(text))
}

/** Everything in a text that begins like a number. */
function* numbersLike(beginning: string, text: string): Generator<string> {
  const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
  for (let at = text.indexOf(beginning); at !== -1; at = text.indexOf(beginning, at + beginning.length)) {
    number.lastIndex = at
    yield number.exec(text)?.[0] ?? ''
  }
}

/** Everything in a text that reads like a number with this exponent, as most would write it: a few digits stand in far fewer places than an e. */
function* numbersTimesTenTo(exponent: string, text: string): Generator<string> {
  for (let at = text.indexOf(exponent); at !== -1; at = text.indexOf(exponent, at + 1)) {
    const sign = text.charAt(at - 1) === '+' ? 1 : 0
    const letter = text.charAt(at - 1 - sign)
    const end = at + exponent.length
    if ((letter !== 'e' && letter !== 'E') || !/[\s,\]}]/.test(text.charAt(end))) continue
    const start = numberStart(text, at - 1 - sign)
    if (start < at - 1 - sign) yield text.slice(start, end)
  }
}

/** Where the digits begin that end before `end`. */
function numberStart(text: string, end: number): number {
  let start = end
  while (/[-.\d]/.test(text.charAt(start - 1))) start--
  return start
}

/** Everything in a text that reads like a number with a large exponent. */
function* numbersWithExponent(text: string): Generator<string> {
  // Twice as fast with the digit before the e, since texts are full of that letter.
  for (const { 0: exponent, index } of text.matchAll(/(?<=\d)[eE]\+?\d{2,}(?=[\s,\]}])/g)) {
    yield text.slice(numberStart(text, index), index) + exponent
  }
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
