import { sql } from '../drizzle.ts'
import {
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from '../drizzle.ts'
import { organization } from './auth.ts'
import { projects } from './workspaces.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const workspace = () =>
  text()
    .notNull()
    .references(() => organization.id, { onDelete: 'cascade' })

/** An OAuth app that an admin registered for a connector. */
export const oauthProfiles = pgTable(
  'oauth_profiles',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: workspace(),
    connector: text().notNull(),
    name: text().notNull(),
    clientId: text().notNull(),
    /** Sealed for `oauthProfile:<id>:clientSecret`. */
    clientSecretSealed: text().notNull(),
    createdBy: text(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique().on(table.workspaceId, table.connector, table.name),
  ],
)

export type ConnectionState = 'healthy' | 'unchecked' | 'needs_reauthorisation' | 'disconnected' | 'wiping'

/** A customer's account on an API, or a database that pipelines write to. */
export const connections = pgTable(
  'connections',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: workspace(),
    projectId: uuid(),
    kind: text().$type<'source' | 'destination'>().notNull(),
    /** The manifest's name, or the destination's type. */
    connector: text().notNull(),
    name: text().notNull(),
    region: text(),
    /** Settings that are no secret, by name, `apiBaseUrl` among them. */
    settings: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** Sealed for `connection:<id>:<setting>`, by setting. Empty once disconnected. */
    secrets: jsonb().$type<Record<string, string>>().notNull().default({}),
    method: text().$type<'oauth' | 'settings'>().notNull(),
    /** Absent with `oauth`: the installation's own profile. */
    oauthProfileId: uuid(),
    grantedScopes: jsonb().$type<readonly string[]>(),
    /** The account behind a source: what `GET /me`, or its like, said. */
    accountId: text(),
    accountName: text(),
    account: jsonb().$type<Record<string, string>>(),
    state: text().$type<ConnectionState>().notNull().default('unchecked'),
    stateReason: text(),
    checkedAt: moment('checked_at'),
    /** What the last test found, object by object or finding by finding. */
    checkResult: jsonb().$type<unknown>(),
    /** Raised by every change of secrets, so that what a run read before is known to be old. */
    credentialVersion: text()
      .notNull()
      .default(sql`gen_random_uuid()::text`),
    createdBy: text(),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique().on(table.workspaceId, table.name),
    uniqueIndex('connections_id').on(table.id),
    foreignKey({
      columns: [table.workspaceId, table.projectId],
      foreignColumns: [projects.workspaceId, projects.id],
    }),
    foreignKey({
      columns: [table.workspaceId, table.oauthProfileId],
      foreignColumns: [oauthProfiles.workspaceId, oauthProfiles.id],
    }),
  ],
)

/** One trip to an API's consent page and back. */
export const oauthAttempts = pgTable(
  'oauth_attempts',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: workspace(),
    /** SHA-256 of the random state in hex: the state itself is in the browser's address only. */
    stateHash: text().notNull().unique(),
    /** The session that began it: the callback must come back in the same one. */
    sessionId: text().notNull(),
    userId: text().notNull(),
    connector: text().notNull(),
    region: text().notNull(),
    oauthProfileId: uuid(),
    /** Re-authorising: the connection that is to be renewed. */
    connectionId: uuid(),
    /** A new connection's name, project, scopes, apiBaseUrl. */
    draft: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text().$type<'pending' | 'used' | 'succeeded' | 'failed'>().notNull().default('pending'),
    /** Why it failed: a word of the API contract, and a sentence. */
    outcome: jsonb().$type<{ code: string; message: string; connectionId?: string }>(),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('oauth_attempts_expires').on(table.expiresAt),
  ],
)

/** "Delete all data" of a connection, on its way or done. */
export const wipes = pgTable(
  'wipes',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: workspace(),
    connectionId: uuid().notNull(),
    connectionName: text().notNull(),
    state: text().$type<'queued' | 'running' | 'done' | 'failed'>().notNull().default('queued'),
    /** What is to be wiped, and what of it is done: by pipeline and object. */
    progress: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    error: text(),
    requestedBy: text(),
    createdAt: moment('created_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
)
