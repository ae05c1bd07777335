import type { Cell, ColumnType } from './destination.ts'
import { isRawNumber, rawJson, type Json } from './read-path.ts'
import { storableText } from './storable-text.ts'

/** A value does not fit its column as it is; `wider` is the narrowest type that holds both. */
export interface Misfit {
  readonly wider: ColumnType
}

/** A value cannot land in any column. The message says why, and never what. */
export class Unshapeable extends Error {
  override readonly name = 'Unshapeable'
}

const deepest = 100
const leastInt64 = -(2n ** 63n)
const mostInt64 = 2n ** 63n - 1n

/**
 * A JSON value as a cell of a column's type, exactly; or a `Misfit`. Text takes anything: scalars as their text, lists and
 * objects as JSON. Throws `Unshapeable` for JSON nested too deep.
 */
export function convertCell(value: Json, type: ColumnType): Cell | Misfit {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'text':
      return toText(value)
    case 'json':
      return toJsonText(value)
    case 'integer':
      return toInteger(value)
    case 'double':
      return toDouble(value)
    case 'boolean':
      return typeof value === 'boolean' ? value : { wider: 'text' }
  }
}

export function isMisfit(cell: Cell | Misfit): cell is Misfit {
  return typeof cell === 'object' && cell !== null
}

/** The narrowest type that a new field's first value asks for. */
export function typeOfValue(value: Json): ColumnType {
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double'
  if (isRawNumber(value)) return /^-?\d+$/.test(value.rawJSON) ? 'integer' : 'double'
  return 'json'
}

/** The narrowest type that holds the values of both. */
export function commonType(one: ColumnType, other: ColumnType): ColumnType {
  if (one === other) return one
  const numbers = new Set<ColumnType>(['integer', 'double'])
  return numbers.has(one) && numbers.has(other) ? 'double' : 'text'
}

/** A cell that was made for one type, as its column's type is now. */
export function widenCell(cell: Cell, type: ColumnType): Cell {
  if (cell === null) return null
  if (type === 'text' || type === 'json') return typeof cell === 'string' ? cell : String(cell)
  return type === 'double' && typeof cell === 'bigint' ? Number(cell) : cell
}

function toText(value: Json): string {
  if (typeof value === 'string') return storableText(value)
  if (typeof value === 'number') return String(value)
  if (isRawNumber(value)) return value.rawJSON
  return typeof value === 'boolean' ? String(value) : toJsonText(value)
}

function toInteger(value: Json): Cell | Misfit {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? value + 0 : { wider: 'double' }
  }
  if (!isRawNumber(value)) return { wider: 'text' }
  if (!/^-?\d+$/.test(value.rawJSON)) return { wider: 'text' }
  const exact = BigInt(value.rawJSON)
  return exact >= leastInt64 && exact <= mostInt64 ? exact : { wider: 'text' }
}

function toDouble(value: Json): Cell | Misfit {
  if (typeof value === 'number') return value
  const number = isRawNumber(value) ? Number(value.rawJSON) : Number.NaN
  return Number.isFinite(number) ? number : { wider: 'text' }
}

/** JSON text. U+0000 and half surrogates stay as escapes, so the text itself is plain. */
function toJsonText(value: Json): string {
  const text = rawJson.stringify(value)
  // What is nested deep is long, and most values are not.
  if (
    text.length > 2 * deepest &&
    typeof value === 'object' &&
    value !== null &&
    opensMuch(text) &&
    isDeep(value, 0)
  )
    throw new Unshapeable('it is nested too deep')
  return text
}

/** Whether a text has as many brackets as a deep value needs: counting them takes a fifth of the time that looking into the value does. */
function opensMuch(text: string): boolean {
  let left = deepest
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1 && left >= 0; at = text.indexOf(bracket, at + 1)) left--
  }
  return left < 0
}

function isDeep(value: object, depth: number): boolean {
  if (depth > deepest) return true
  for (const key in value) {
    const member: Json = Reflect.get(value, key)
    if (typeof member === 'object' && member !== null && isDeep(member, depth + 1)) return true
  }
  return false
}
