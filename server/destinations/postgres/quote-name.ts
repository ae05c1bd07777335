/** A name as PostgreSQL reads it, whatever stands in it: the only way in which a name gets into a statement. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A table's full name. */
export function quoteTable(namespace: string, table: string): string {
  return `${quoteName(namespace)}.${quoteName(table)}`
}
