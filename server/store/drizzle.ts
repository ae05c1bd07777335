/**
 * What we use of drizzle-orm. Everything else imports it from here: Node reads a package's map of exports anew for each file that imports
 * from it, and drizzle's is 180 kB long, so that sixty such files made every start of a process half a second longer (Node 24.21).
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
export type { SQL } from 'drizzle-orm'
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
