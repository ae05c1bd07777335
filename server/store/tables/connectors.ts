import { foreignKey, integer, jsonb, pgTable, primaryKey, text, timestamp } from '../drizzle.ts'
import { organization } from './auth.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const workspace = () =>
  text()
    .notNull()
    .references(() => organization.id, { onDelete: 'cascade' })

/** The files of a connector as their author wrote them. */
export interface ConnectorFiles {
  /** YAML. */
  readonly manifest: string
  /** File, as the manifest names it, → JSON. */
  readonly records: Readonly<Record<string, string>>
}

/** A connector that a workspace has of its own: the draft, and which published version is in use. */
export const connectors = pgTable(
  'connectors',
  {
    workspaceId: workspace(),
    /** What its manifest is called once it is published, and what connections and pipelines name. */
    name: text().notNull(),
    /** Sound or not. */
    draft: jsonb().$type<ConnectorFiles>().notNull(),
    /** Counts every save of the draft. A save names the one it was based on. */
    revision: integer().notNull().default(1),
    draftBy: text(),
    draftAt: moment('draft_at').notNull().defaultNow(),
    /** The version in use. Null: never published. */
    publishedVersion: integer(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.name] })],
)

/** A published connector. It never changes: the database itself refuses to. */
export const connectorVersions = pgTable(
  'connector_versions',
  {
    workspaceId: workspace(),
    connector: text().notNull(),
    version: integer().notNull(),
    files: jsonb().$type<ConnectorFiles>().notNull(),
    /** SHA-256 of the files in hex. */
    digest: text().notNull(),
    note: text(),
    publishedBy: text(),
    publishedAt: moment('published_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.connector, table.version] }),
    foreignKey({
      columns: [table.workspaceId, table.connector],
      foreignColumns: [connectors.workspaceId, connectors.name],
    }).onDelete('cascade'),
  ],
)
