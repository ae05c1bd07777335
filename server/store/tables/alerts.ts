import { sql } from '../drizzle.ts'
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from '../drizzle.ts'
import { organization } from './auth.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const workspace = () =>
  text()
    .notNull()
    .references(() => organization.id, { onDelete: 'cascade' })

export type AlertKind =
  | 'run_failed'
  | 'run_partial'
  | 'connection_needs_reauthorisation'
  | 'schema_change_waiting'
  | 'data_stale'

/** Where alerts go. */
export const alertChannels = pgTable(
  'alert_channels',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: workspace(),
    kind: text().$type<'email' | 'slack' | 'webhook'>().notNull(),
    name: text().notNull(),
    /** An e-mail address, or the host of a hook. */
    target: text().notNull(),
    /** A hook's URL and signing secret, sealed for `alertChannel:<id>:<name>`, by name. */
    secrets: jsonb().$type<Record<string, string>>().notNull().default({}),
    kinds: jsonb().$type<readonly AlertKind[]>().notNull(),
    enabled: boolean().notNull().default(true),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
)

/** What is wrong now, once each: an alert goes out when a row opens, a recovery notice when it closes. */
export const alerts = pgTable(
  'alerts',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: workspace(),
    kind: text().$type<AlertKind>().notNull(),
    subjectType: text().notNull(),
    subjectId: text().notNull(),
    subjectName: text().notNull(),
    message: text().notNull(),
    runId: uuid(),
    openedAt: moment('opened_at').notNull().defaultNow(),
    closedAt: moment('closed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('alerts_open').on(table.workspaceId, table.kind, table.subjectId, table.closedAt),
    // What is wrong is open once, whichever worker saw it first: the database's own word.
    uniqueIndex('alerts_once')
      .on(table.workspaceId, table.kind, table.subjectType, table.subjectId)
      .where(sql`closed_at is null`),
  ],
)

/** One notice on its way to one channel. */
export const alertDeliveries = pgTable(
  'alert_deliveries',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: workspace(),
    alertId: uuid().notNull(),
    channelId: uuid().notNull(),
    notice: text().$type<'opened' | 'recovered' | 'test'>().notNull(),
    state: text().$type<'waiting' | 'delivered' | 'failed'>().notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    nextTryAt: moment('next_try_at').defaultNow(),
    lastError: text(),
    createdAt: moment('created_at').notNull().defaultNow(),
    deliveredAt: moment('delivered_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('alert_deliveries_due').on(table.nextTryAt),
    foreignKey({
      columns: [table.workspaceId, table.channelId],
      foreignColumns: [alertChannels.workspaceId, alertChannels.id],
    }).onDelete('cascade'),
  ],
)
