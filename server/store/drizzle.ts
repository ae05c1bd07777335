/**
 * What tables and queries use of drizzle-orm. They import it from here: Node reads a package's map of exports anew for each file that imports
 * from it, and drizzle's is 180 kB long, so that 56 such files took 0.2 s of every start of a process (Node 24.21).
 */
export {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  getTableColumns,
  gt,
  gte,
  ilike,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  ne,
  notInArray,
  or,
  relations,
  sql,
} from 'drizzle-orm'
export type { SQL, SQLWrapper } from 'drizzle-orm'
export {
  bigint,
  bigserial,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
export type { PgColumn } from 'drizzle-orm/pg-core'
