import { boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from '../drizzle.ts'
import { organization } from './auth.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/** One row: what concerns the installation as a whole. */
export const installation = pgTable('installation', {
  id: integer().primaryKey().default(1),
  /** SHA-256 of the one-time setup token in hex; null when the first admin exists. */
  setupTokenHash: text(),
  setupUsedAt: moment('setup_used_at'),
})

/** What better-auth's organization does not hold. Every workspace has its row. */
export const workspaceSettings = pgTable('workspace_settings', {
  workspaceId: text()
    .primaryKey()
    .references(() => organization.id, { onDelete: 'cascade' }),
  /** Region names that connections may use, by connector; an absent connector is not restricted. */
  allowedRegions: jsonb().$type<Record<string, readonly string[]>>().notNull().default({}),
  /** Whether connections may use the installation's OAuth profile, or only those an admin registered here. */
  installationProfileAllowed: boolean().notNull().default(true),
  /** The first key that personal data of this workspace is hashed under (later ones: hash_keys): 32 bytes in base64url, sealed for `workspace:<id>:hashKey`. */
  hashKeySealed: text().notNull(),
  /** Days that the log of a run is kept for after its end. */
  logDays: integer().notNull().default(30),
  /** Days that a run is listed for after its end; null: for ever. */
  runDays: integer(),
  createdAt: moment('created_at').notNull().defaultNow(),
})

/** A folder of pipelines and connections. */
export const projects = pgTable(
  'projects',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: text()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique().on(table.workspaceId, table.name),
  ],
)
