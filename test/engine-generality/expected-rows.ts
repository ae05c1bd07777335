import type { RecordSchema } from '@penstock/schemas/generated/record.ts'

export type PlainRow = Readonly<Record<string, unknown>>

/**
 * What an object's table must hold for these records, from the rules of the product alone: the fields of the record
 * schema, ids as text, lists and objects as JSON (here parsed again), everything else as the API gave it.
 */
export function expectedRows(records: readonly PlainRow[], schema: RecordSchema): readonly PlainRow[] {
  return sortRows(
    records.map((record) => mapFields(schema, (field, kind) => expectedCell(record[field], kind))),
  )
}

/** A table's rows as DuckDB gives them, in the same form. */
export function actualRows(rows: readonly PlainRow[], schema: RecordSchema): readonly PlainRow[] {
  return sortRows(rows.map((row) => mapFields(schema, (field, kind) => actualCell(row[field], kind))))
}

type Kind = 'id' | 'json' | 'plain'

function mapFields(schema: RecordSchema, cellOf: (field: string, kind: Kind) => unknown): PlainRow {
  const kept = Object.entries(schema.properties).filter(([, field]) => field['x-omit'] === undefined)
  return Object.fromEntries(
    kept.map(([name, field]) => {
      const types = [field.type].flat()
      const isJson = types.includes('object') || types.includes('array')
      return [name, cellOf(name, isJson ? 'json' : field['x-id'] ? 'id' : 'plain')]
    }),
  )
}

function expectedCell(value: unknown, kind: Kind): unknown {
  if (value === undefined || value === null) return null
  if (kind === 'id') return typeof value === 'string' ? value : JSON.stringify(value)
  return kind === 'json' ? JSON.parse(JSON.stringify(value)) : value
}

function actualCell(value: unknown, kind: Kind): unknown {
  if (value === undefined || value === null) return null
  if (kind === 'json') return typeof value === 'string' ? JSON.parse(value) : value
  return typeof value === 'bigint' ? Number(value) : value
}

function sortRows(rows: readonly PlainRow[]): readonly PlainRow[] {
  const key = (row: PlainRow): string => JSON.stringify(row)
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}
