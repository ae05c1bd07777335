import { sql } from './drizzle.ts'
import type { SQL, SQLWrapper } from './drizzle.ts'

/**
 * Orders by a name as people do: capitals beside small letters, and numbers by their size, so that “Run 10” comes after “Run 2”. Each number
 * is compared by its last twenty figures, with noughts before it.
 */
export function byName(name: SQLWrapper): SQL {
  return sql`regexp_replace(regexp_replace(lower(${name}), '([0-9]+)', '00000000000000000000\\1', 'g'), '[0-9]*([0-9]{20})', '\\1', 'g')`
}
