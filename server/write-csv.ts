/** A value of a CSV file. */
export type CsvValue = string | number | null

/**
 * Rows as CSV (RFC 4180), with their header, safe to open in a spreadsheet: a text that one would take for a formula is marked as text by
 * an apostrophe before it.
 */
export function writeCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
