import { Refusal } from '../answer.ts'
import type { DateMatching } from './date-bounds.ts'
import { dateRange } from './date-bounds.ts'
import type { FieldType, Searchable } from './search-fields.ts'
import { fieldType } from './search-fields.ts'

/** A record as search sees it: the values of its fields. A field may have several, as contact_ids does. */
export interface SearchRecord {
  seconds(field: 'created_at' | 'updated_at'): number
  values(field: string): readonly unknown[]
}

export type Matcher = (record: SearchRecord) => boolean

/** What a query is compiled for. */
export interface QueryRules {
  readonly object: Searchable
  readonly dates: DateMatching
}

/**
 * A predicate for a query of Intercom's search language: single filters, and AND/OR groups nested at most two deep
 * with at most 15 filters each. Throws the Refusal that the API would answer for a query that is not allowed.
 */
export function compileQuery(query: unknown, rules: QueryRules, depth = 0): Matcher {
  if (typeof query !== 'object' || query === null)
    throw new Refusal(400, 'parameter_missing', 'query is required', 'query')
  const { field, operator, value } = query as { field?: unknown; operator?: unknown; value?: unknown }
  if (operator !== 'AND' && operator !== 'OR')
    return compileFilter(asText(field), asText(operator), value, rules)
  if (depth > 2) throw new Refusal(400, 'bad_request', 'at most 2 levels of nested filters are allowed')
  if (!Array.isArray(value) || value.length === 0)
    throw new Refusal(400, 'invalid_value', 'a group takes an array of filters')
  if (value.length > 15) throw new Refusal(400, 'bad_request', 'at most 15 filters are allowed in a group')
  const parts = value.map((one) => compileQuery(one, rules, depth + 1))
  return operator === 'AND'
    ? (record) => parts.every((part) => part(record))
    : (record) => parts.some((part) => part(record))
}

function compileFilter(
  field: string,
  operator: string,
  value: unknown,
  { object, dates }: QueryRules,
): Matcher {
  const type = fieldType(object, field)
  if (type === undefined) throw new Refusal(400, 'invalid_field', `'${field}' is not a valid field`, field)
  if (!operatorsFor(object, type).includes(operator))
    throw new Refusal(400, 'data_invalid', `operator '${operator}' is not allowed for '${field}'`, field)
  if (type === 'date') return dateFilter(field, operator, value, dates)
  const wanted = (operator === 'IN' || operator === 'NIN' ? asList(field, value) : [value]).map((one) =>
    typed(field, type, one),
  )
  return valueFilter(field, operator, type, wanted)
}

const text = ['=', '!=', 'IN', 'NIN', '~', '!~', '^', '$']
const compared = ['=', '!=', 'IN', 'NIN', '>', '<', '>=', '<=']

/** Contacts are stricter than conversations and tickets: on their dates only = > < are allowed. */
function operatorsFor(object: Searchable, type: FieldType): readonly string[] {
  switch (type) {
    case 'date':
      return object === 'contacts' ? ['=', '>', '<'] : compared
    case 'integer':
      return compared
    case 'boolean':
      return object === 'contacts' ? ['=', '!=', 'IN', 'NIN'] : ['=', '!=', 'IN', 'NIN']
    case 'tag':
      return ['=', '!=']
    case 'any':
      return [...text, '>', '<', '>=', '<=']
    case 'string':
    case 'words':
      return text
  }
}

function dateFilter(field: string, operator: string, value: unknown, dates: DateMatching): Matcher {
  const list = operator === 'IN' || operator === 'NIN' ? asList(field, value) : [value]
  const ranges = list.map((one) => dateRange(operator, Number(typed(field, 'date', one)), dates))
  const negative = operator === '!=' || operator === 'NIN'
  const within = (seconds: number) =>
    ranges.some(({ from, until }) => seconds >= from && seconds < until) !== negative
  if (field === 'created_at' || field === 'updated_at') return (record) => within(record.seconds(field))
  return (record) => record.values(field).some((one) => typeof one === 'number' && within(one))
}

function valueFilter(field: string, operator: string, type: FieldType, wanted: readonly unknown[]): Matcher {
  const test = (one: unknown) => wanted.some((value) => holds(operator, type, one, value))
  switch (operator) {
    case '!=':
    case 'NIN':
    case '!~':
      return (record) => !record.values(field).some(test)
    default:
      return (record) => record.values(field).some(test)
  }
}

/** Whether one value of a record agrees with the wanted one; for negative operators, whether it is the one refused. */
function holds(operator: string, type: FieldType, one: unknown, wanted: unknown): boolean {
  if (one === null || one === undefined) return wanted === null && (operator === '=' || operator === '!=')
  switch (operator) {
    case '>':
      return Number(one) > Number(wanted)
    case '<':
      return Number(one) < Number(wanted)
    case '>=':
      return Number(one) >= Number(wanted)
    case '<=':
      return Number(one) <= Number(wanted)
    case '~':
    case '!~':
      return contains(type, asText(one), asText(wanted))
    case '^':
      return lower(one).startsWith(lower(wanted))
    case '$':
      return lower(one).endsWith(lower(wanted))
    default:
      return type === 'words' ? contains(type, asText(one), asText(wanted)) : lower(one) === lower(wanted)
  }
}

/** Long texts are matched word by word, never inside a word. */
function contains(type: FieldType, one: string, wanted: string): boolean {
  if (type !== 'words') return lower(one).includes(lower(wanted))
  const wordsOf = (all: string) => lower(all.replaceAll(/<[^>]*>/g, ' ')).match(/[\p{L}\p{N}]+/gu) ?? []
  const present = new Set<string>(wordsOf(one))
  return wordsOf(wanted).every((word) => present.has(word))
}

function lower(value: unknown): string {
  return asText(value).toLowerCase()
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function asList(field: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Refusal(400, 'invalid_value', `'${field}' takes an array`, field)
  return value
}

/** The value in the field's type; numbers may come as text. */
function typed(field: string, type: FieldType, value: unknown): unknown {
  const number = typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
  const fits =
    type === 'date'
      ? number
      : type === 'integer'
        ? number || value === null
        : type === 'boolean'
          ? typeof value === 'boolean' || value === 'true' || value === 'false'
          : value === null || typeof value !== 'object'
  if (!fits) throw new Refusal(400, 'invalid_value', `'${field}' does not take this value`, field)
  return value
}
