/** The name under which the file is attached. */
export const catalog = 'warehouse'

/** A name as DuckDB reads it, whatever stands in it: the only way in which a name gets into a statement. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A table's full name. */
export function quoteTable(namespace: string, table: string): string {
  return `${catalog}.${quoteName(namespace)}.${quoteName(table)}`
}

/** A text as a literal, for the few statements that take no parameters (`attach`, `set`). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
