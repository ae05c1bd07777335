import { sql } from './drizzle.ts'
import type { SQL, SQLWrapper } from './drizzle.ts'

/**
 * Orders by a name as people do: capitals beside small letters, and numbers by their size, so that “Run 10” comes after “Run 2”. Each number
 * is compared by its last twenty figures, with noughts before it. A name is cut where numbers begin and end: an expression that replaces
 * numbers of a given length looks so long for them that 50 names took most of the time of a list.
 */
export function byName(name: SQLWrapper): SQL {
  return sql`(
    select string_agg(case when ascii(part) between 48 and 57 then right('00000000000000000000' || part, 20) else part end, '' order by place)
    from regexp_split_to_table(lower(${name}), '(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])') with ordinality as parts (part, place))`
}
