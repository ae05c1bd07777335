import type { SchemaChange } from '@penstock/schemas/generated/run.ts'
import { convertCell, isMisfit, typeOfValue, Unshapeable, widenCell, commonType } from './convert-cell.ts'
import { readNote } from './column-note.ts'
import type { Cell, ColumnType, Row, StoredTable, TableSpec } from './destination.ts'
import { isUntouched, protectTree, type ProtectionNode } from './protect-tree.ts'
import type { Pseudonymiser } from './protect-value.ts'
import { isJsonObject, isRawNumber, type Json } from './read-path.ts'

export interface ShapeColumn {
  readonly field: string
  type: ColumnType
  readonly protection: ProtectionNode
  /** When the field was first met, for one that the manifest does not know. ISO 8601. */
  readonly firstSeen?: string
  /** How many records of this run had the field. */
  seen: number
}

/** A record's row; or why it cannot land. */
export type Shaped = { readonly row: Row } | { readonly reason: string }

export interface TableShapeInput {
  readonly object: string
  readonly primaryKey: readonly string[]
  readonly versionField?: string
  readonly parentKey?: readonly string[]
  readonly columns: readonly ShapeColumn[]
  /** Fields that are known and do not land. */
  readonly left: ReadonlySet<string>
  /** With block, the table stays as it is: new fields are reported, values that do not fit are rejected. */
  readonly block: boolean
  /** New fields that land even so, because a person said how. */
  readonly decided?: ReadonlySet<string>
  /** Fields whose column may take a wider type even under block, because a person said so. */
  readonly widens?: ReadonlySet<string>
  /** Fields that go on with the column of another, by their new name: the source renamed them. */
  readonly continues?: ReadonlyMap<string, string>
  readonly pseudonymiser: Pseudonymiser
  /** How a field that was not known before is protected. */
  protectNew(field: string, value: Json): ProtectionNode
  readonly now: string
}

/**
 * Turns records of one object into rows: fields, types, protection. It is the only place where that happens, and a row that
 * leaves it may be written anywhere. Where a record has a field or a type that the table does not, the shape grows; rows
 * made before are brought up to date by `upgrade`.
 */
export class TableShape {
  readonly object: string
  readonly #changes = new Map<string, SchemaChange>()
  /** How many records were shaped. */
  records = 0
  /** Grows with each change of the columns. */
  version = 0
  readonly #input: TableShapeInput
  readonly #columns: ShapeColumn[]
  readonly #places = new Map<string, number>()
  /** A row without values: one null for each column. */
  readonly #blank: Cell[]

  constructor(input: TableShapeInput) {
    this.#input = input
    this.object = input.object
    this.#columns = [...input.columns]
    this.#blank = this.#columns.map(() => null)
    for (const field of input.left) this.#places.set(field, -1)
    for (const [place, { field }] of this.#columns.entries()) this.#places.set(field, place)
    for (const [field, before] of input.continues ?? []) {
      const place = this.#places.get(before)
      if (place !== undefined) this.#places.set(field, place)
    }
  }

  get columns(): readonly ShapeColumn[] {
    return this.#columns
  }

  /** The table as its destination must have it, for rows made up to now. `noteOf` says what to remember of a column. */
  spec(noteOf: (column: ShapeColumn) => string): TableSpec {
    const { object, primaryKey, versionField, parentKey } = this.#input
    const columns = this.#columns.map((column) => ({
      field: column.field,
      type: column.type,
      note: noteOf(column),
    }))
    return { object, columns, primaryKey, versionField, parentKey }
  }

  /**
   * One record as a row. `given` are values that the record itself does not carry, such as its parent's key.
   */
  shape(record: Json, given?: Readonly<Record<string, Json>>): Shaped {
    if (!isJsonObject(record)) return { reason: 'it is not an object' }
    try {
      const cells = this.#blank.slice()
      const misfit = this.#fill(cells, record) ?? (given ? this.#fill(cells, given) : undefined)
      if (misfit !== undefined) return { reason: misfit }
      const missing = this.#input.primaryKey.find((field) => cells[this.#places.get(field) ?? -1] == null)
      if (missing !== undefined) return { reason: `its key ${missing} is missing` }
      this.records++
      return { row: cells }
    } catch (error) {
      if (error instanceof Unshapeable) return { reason: error.message }
      if (error instanceof RangeError) return { reason: 'it is nested too deep' }
      throw error
    }
  }

  /**
   * What this run met that the table, as it was stored, did not have: fields that came, went, or changed their type. A field has gone
   * when every record before had it, and none has it now.
   */
  schemaChanges(stored: StoredTable | undefined): readonly SchemaChange[] {
    const gone = this.#columns.filter(({ field, seen }) => {
      const before = stored?.columns.find((column) => column.field === field)
      return this.records > 0 && seen === 0 && before !== undefined && readNote(before.note).always
    })
    for (const { field } of gone) this.#report(field, 'removed', 'null', 'none')
    return [...this.#changes.values()]
  }

  /** One value as it stands in a row of this table, for naming rows by a part of their key. */
  cellFor(field: string, value: Json): Cell {
    const column = this.#columns[this.place(field)]
    const cell = column ? convertCell(value, column.type) : null
    return isMisfit(cell) ? null : cell
  }

  /** A field's place in a row. */
  place(field: string): number {
    return this.#places.get(field) ?? -1
  }

  /** A row's primary key as JSON text: equal for equal keys. */
  keyOf(row: Row): string {
    const key = this.#input.primaryKey
    const only = key.length === 1 ? row[this.place(key[0] ?? '')] : undefined
    return typeof only === 'string'
      ? only
      : JSON.stringify(key.map((field) => String(row[this.place(field)])))
  }

  /** The fields that name a derived row's parent. */
  get parentKey(): readonly string[] | undefined {
    return this.#input.parentKey
  }

  /** A derived row's parent, as `parentKey` names it. */
  parentOf(row: Row): Row {
    return (this.#input.parentKey ?? []).map((field) => row[this.place(field)] ?? null)
  }

  /** Whether a row is an older version of the same record than another. */
  isOlder(row: Row, other: Row): boolean {
    const { versionField } = this.#input
    if (versionField === undefined) return false
    const [mine, its] = [row[this.place(versionField)], other[this.place(versionField)]]
    if (mine == null || its == null || !(mine < its)) return false
    return typeof mine !== 'string' || typeof its !== 'string' || areAlike(mine, its)
  }

  /** Rows that were made for an earlier version of the columns, as rows of this one. */
  upgrade(rows: readonly Row[], version: number): readonly Row[] {
    if (version === this.version) return rows
    return rows.map((row) => this.#columns.map((column, place) => widenCell(row[place] ?? null, column.type)))
  }

  /**
   * Fills cells from a record's own members. Gives the reason where a value does not fit and may not widen its column; the others are looked
   * at all the same, so that all that is to be decided is known at once.
   */
  #fill(cells: Cell[], record: Readonly<Record<string, Json>>): string | undefined {
    let misfit: string | undefined
    for (const field in record) {
      const value = record[field]
      const place = this.#places.get(field) ?? this.#meet(field, value)
      if (place < 0 || this.#isOutdone(field, record)) continue
      const column = this.#columns[place]
      if (!column) continue
      column.seen++
      if (value === null || value === undefined) continue
      const { protection } = column
      const safe = isUntouched(protection) ? value : protectTree(value, protection, this.#input.pseudonymiser)
      let cell = convertCell(safe, column.type)
      if (isMisfit(cell)) {
        if (this.#widen(column, safe)) cell = convertCell(safe, column.type)
        else misfit ??= `${field} is ${typeName(safe)}, not ${column.type}`
      }
      if (!isMisfit(cell)) cells[place] = cell
    }
    return misfit
  }

  /** Whether a field goes on with the column of another that the record still has: then that one fills it. */
  #isOutdone(field: string, record: Readonly<Record<string, Json>>): boolean {
    const before = this.#input.continues?.get(field)
    return before !== undefined && Object.hasOwn(record, before) && record[before] !== null
  }

  /** A field that was not known. Its column is added with its first value; until then it is only looked at. */
  #meet(field: string, value: Json): number {
    if (value === null || value === undefined) return -1
    const { block, decided, now } = this.#input
    if (block && decided?.has(field) !== true) {
      this.#report(field, 'added', typeName(value), 'none')
      this.#places.set(field, -1)
      return -1
    }
    const protection = this.#input.protectNew(field, value)
    const hashed = protection.action === 'hash'
    const nested = typeof value === 'object' && !isRawNumber(value)
    const type = nested ? 'json' : hashed ? 'text' : typeOfValue(value)
    const place = this.#columns.push({ field, type, protection, firstSeen: now, seen: 0 }) - 1
    this.#blank.push(null)
    this.#places.set(field, place)
    this.version++
    this.#report(field, 'added', typeName(value), hashed ? 'column_added_hashed' : 'column_added')
    return place
  }

  #widen(column: ShapeColumn, value: Json): boolean {
    const { block, widens } = this.#input
    const stays = block && widens?.has(column.field) !== true
    this.#report(column.field, 'type_changed', typeName(value), stays ? 'none' : 'column_widened')
    if (stays) return false
    const misfit = convertCell(value, column.type)
    column.type = isMisfit(misfit) ? commonType(column.type, misfit.wider) : column.type
    if (isMisfit(convertCell(value, column.type))) column.type = 'text'
    this.version++
    return true
  }

  #report(
    field: string,
    kind: SchemaChange['kind'],
    exampleType: SchemaChange['exampleType'],
    applied: SchemaChange['applied'],
  ): void {
    const { object, now } = this.#input
    const change: SchemaChange = { object, field, kind, firstSeen: now, exampleType, applied }
    const known = this.#changes.get(`${kind}:${field}`)
    if (!known) this.#changes.set(`${kind}:${field}`, change)
  }
}

/** A value's JSON type, the only thing about it that may be told. */
export function typeName(value: Json): SchemaChange['exampleType'] {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (isRawNumber(value)) return /^-?\d+$/.test(value.rawJSON) ? 'integer' : 'number'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  if (typeof value === 'string') return 'string'
  return typeof value === 'boolean' ? 'boolean' : 'object'
}

/** Whether the order of two texts is that of the times they tell: they are written alike. */
function areAlike(one: string, other: string): boolean {
  const zoneOf = (text: string) => /\d(Z|[+-]\d\d:?\d\d)$/.exec(text)?.[1]
  return one.length === other.length && zoneOf(one) === zoneOf(other)
}
