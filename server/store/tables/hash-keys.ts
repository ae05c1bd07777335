import { integer, pgTable, primaryKey, text, timestamp } from '../drizzle.ts'
import { organization } from './auth.ts'

/**
 * The later keys of a workspace: version 1 stands in its settings, these are from version 2 on. The newest one hashes; the others stay, so that
 * a token can still be told to be theirs.
 */
export const hashKeys = pgTable(
  'hash_keys',
  {
    workspaceId: text()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    /** As it stands in every token: `h2:` is version 2. */
    version: integer().notNull(),
    /** 32 bytes in base64url, sealed for `workspace:<id>:hashKey:<version>`. */
    sealed: text().notNull(),
    /** Name and address of who made it, as they were. */
    createdBy: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.version] })],
)
