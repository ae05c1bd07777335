import { sql } from './drizzle.ts'
import type { Tx } from './database.ts'

/** The time by the clock that all processes share: those of their machines may be minutes apart. */
export async function databaseTime(database: Pick<Tx, 'execute'>): Promise<Date> {
  const [row] = await database.execute<{ now: string }>(sql`select now()`)
  if (!row) throw new Error('The database did not say what time it is.')
  return new Date(row.now)
}
