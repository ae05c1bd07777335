/** A row as a destination gives it back: columns by name, 64-bit integers as numbers or bigints. */
export type LandedRow = Readonly<Record<string, unknown>>

/**
 * How a table differs from the truth, row for row and value for value, in sentences; empty where they are equal. Columns of ours are
 * left out. JSON columns are compared as JSON, ids as text, whatever the destination's driver makes of numbers.
 */
export function differences(
  object: string,
  primaryKey: readonly string[],
  truth: readonly Readonly<Record<string, unknown>>[],
  landed: readonly LandedRow[],
): readonly string[] {
  const found: string[] = []
  const keyOf = (row: Readonly<Record<string, unknown>>) =>
    primaryKey.map((field) => String(row[field])).join('|')
  const rows = new Map(landed.map((row) => [keyOf(row), row]))
  if (rows.size !== landed.length) found.push(`${object}: ${landed.length - rows.size} keys come twice`)
  for (const record of truth) {
    const key = keyOf(record)
    const row = rows.get(key)
    rows.delete(key)
    if (!row) found.push(`${object} ${key} is missing`)
    else found.push(...rowDifferences(`${object} ${key}`, record, row))
  }
  for (const key of rows.keys()) found.push(`${object} ${key} should not be there`)
  return found
}

function rowDifferences(
  name: string,
  record: Readonly<Record<string, unknown>>,
  row: LandedRow,
): readonly string[] {
  const columns = Object.keys(row).filter((column) => column !== '_synced_at' && column !== '_deleted_at')
  const found = columns
    .filter((column) => plain(row[column]) !== plain(expected(record[column], row[column])))
    .map((column) => `${name}.${column} is ${plain(row[column])}, not ${plain(record[column])}`)
  const lacking = Object.keys(record).filter((field) => !columns.includes(field) && record[field] !== null)
  return [...found, ...lacking.map((field) => `${name} has no column ${field}`)]
}

/** What a value of the source looks like in a column that holds text. */
function expected(value: unknown, landed: unknown): unknown {
  if (value === undefined || value === null) return null
  if (typeof landed !== 'string' || typeof value === 'string') return value
  return JSON.stringify(value)
}

function plain(value: unknown): string {
  if (value === undefined || value === null) return 'null'
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'string' && /^[[{"]/.test(value)) {
    try {
      return sorted(JSON.parse(value))
    } catch {
      return value
    }
  }
  return typeof value === 'string' ? value : sorted(value)
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
