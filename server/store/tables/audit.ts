import { bigserial, index, jsonb, pgTable, text, timestamp } from '../drizzle.ts'
import { organization } from './auth.ts'

/**
 * Who did what. Rows are added in the transaction of the act and never change: a trigger refuses updates and deletes (see the migrations).
 * `before` and `after` hold no secret and no value of a record.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => organization.id),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Null: Penstock itself, by schedule or after a crash. */
    userId: text(),
    /** The person's name and address as they were, since people go. */
    actor: text().notNull(),
    via: text().$type<'session' | 'api_key' | 'system'>().notNull(),
    /** noun.verb: `connection.disconnect`. */
    action: text().notNull(),
    outcome: text().$type<'done' | 'denied'>().notNull(),
    subjectType: text(),
    subjectId: text(),
    subjectName: text(),
    before: jsonb().$type<unknown>(),
    after: jsonb().$type<unknown>(),
    ip: text(),
    requestId: text(),
  },
  (table) => [index('audit_log_by_time').on(table.workspaceId, table.at)],
)
