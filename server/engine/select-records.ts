import type { RecordsAt, RecordsPlace } from '@penstock/schemas/generated/manifest.ts'
import { exactValue } from './exact-records.ts'
import { RunFailure } from './failures.ts'
import type { Answer } from './parse-answer.ts'
import { isJsonObject, readPath, type Json } from './read-path.ts'

/** So many members of an answer are named to whoever writes its manifest. */
const mostNamed = 12

/** An answer without the list. What it has instead is for whoever writes the manifest, and for no log: names of members may be people's. */
export class NoListThere extends RunFailure {
  readonly members: readonly string[]

  constructor(sentence: string, members: readonly string[]) {
    super('not_an_answer', sentence)
    this.members = members
  }
}

/**
 * The records of an answer, with every large number as it was written. Throws `not_an_answer` where the expected list is not there: an
 * error list, `{}`, or another API's answer must never look like an empty list, unless the manifest says that this API answers so.
 */
export function selectRecords(
  answer: Pick<Answer, 'json' | 'text' | 'empty'>,
  recordsAt: RecordsAt,
): readonly Json[] {
  if (answer.empty === true) return []
  const place = placeOf(recordsAt)
  const paths = typeof place.at === 'string' ? [place.at] : place.at
  for (const path of paths) {
    const found = readPath(answer.json, path)
    if (Array.isArray(found)) return arranged(exactValue(found, answer.text, path), place)
    if ((place.keyedBy !== undefined || place.one === true) && isJsonObject(found))
      return arranged(exactValue(found, answer.text, path), place)
  }
  if (place.absentMeansEmpty === true && isNothing(answer, paths)) return []
  const where = paths.join(' or ')
  const got = isJsonObject(answer.json) ? 'an object without it' : 'no object'
  const members = isJsonObject(answer.json) ? Object.keys(answer.json).slice(0, mostNamed) : []
  throw new NoListThere(`The API’s answer has no list of records at “${where}”: ${got}.`, members)
}

function placeOf(recordsAt: RecordsAt): RecordsPlace {
  return typeof recordsAt === 'string' || Array.isArray(recordsAt) ? { at: recordsAt } : recordsAt
}

/** An answer without content (204), or an object with null or nothing at all where the list would be. */
function isNothing({ json }: Pick<Answer, 'json'>, paths: readonly string[]): boolean {
  if (json === undefined || json === null) return true
  return isJsonObject(json) && paths.every((path) => (readPath(json, path) ?? null) === null)
}

/** What was found, as a list of records. */
function arranged(found: Json, { each, keyedBy, columns }: RecordsPlace): readonly Json[] {
  const elements = Array.isArray(found) ? found : keyedBy === undefined ? [found] : named(found, keyedBy)
  const inner = each === undefined ? elements : elements.map((element) => readPath(element, each) ?? null)
  return columns === undefined ? inner : inner.map((values) => titled(values, columns))
}

/** The members of an object, each under its own name. */
function named(found: Json, field: string): readonly Json[] {
  return Object.entries(Object(found)).map(([name, value]) => {
    if (!isJsonObject(value)) return { [field]: name, value }
    const lacking = !Object.hasOwn(value, field) || value[field] === null
    return lacking ? { ...value, [field]: name } : value
  })
}

/** A list of values as a record. Anything else stays what it is, and is set aside later. */
function titled(values: Json, columns: readonly string[]): Json {
  if (!Array.isArray(values)) return values
  return Object.fromEntries(columns.map((name, index): [string, Json] => [name, values[index] ?? null]))
}
