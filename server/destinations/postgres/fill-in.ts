/** A value for `$1`. */
export type Parameter = string | number | boolean | null

/**
 * A statement with its parameters filled in. Only so does it leave in one piece: with parameters of their own, the driver first sends half a
 * statement and waits for what the server says of it. The server takes that for work under way, which no time limit for idle transactions
 * ends; a process that was paused just then kept all others out for half an hour. What stands in quotes is left as it is: a name may read `$1`.
 */
export function fillIn(text: string, parameters: readonly Parameter[]): string {
  return text.replaceAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|\$(\d+)/g, (found, number?: string) =>
    number === undefined ? found : literalOf(parameters[Number(number) - 1] ?? null),
  )
}

function literalOf(value: Parameter): string {
  if (typeof value === 'string') return textSql(value)
  return typeof value === 'number' ? textSql(String(value)) : String(value)
}

/** A text in a statement. It travels as hexadecimal digits, so nothing in it can be read as SQL. */
export function textSql(text: string): string {
  return `convert_from('\\x${Buffer.from(text, 'utf8').toString('hex')}'::bytea, 'UTF8')`
}
