import { randomUUID } from 'node:crypto'
import type { TestServices } from '../start-services.ts'

/** A source and a destination of a test workspace, as rows, without secrets: nothing is asked of them. */
export interface SavedPair {
  readonly source: string
  readonly destination: string
}

/** Writes a pair of saved connections. */
export async function saveConnections(
  { database }: TestServices,
  workspaceId: string,
  { state = 'healthy', scopes = null }: { readonly state?: string; readonly scopes?: string[] | null } = {},
): Promise<SavedPair> {
  const [source, destination] = [randomUUID(), randomUUID()]
  await database.sql`
    insert into connections (id, workspace_id, kind, connector, name, region, method, state, granted_scopes, account_id) values
      (${source}, ${workspaceId}, 'source', 'intercom', ${`Intercom ${source.slice(0, 4)}`}, 'us', 'settings', ${state}, ${scopes === null ? null : database.sql.json(scopes)}, 'account-1'),
      (${destination}, ${workspaceId}, 'destination', 'duckdb', ${`Warehouse ${destination.slice(0, 4)}`}, null, 'settings', 'healthy', null, null)`
  return { source, destination }
}

/** A document without an error that names them. */
export function documentFor({ source, destination }: SavedPair) {
  return {
    name: 'Support warehouse',
    source: { connector: 'intercom', connection: source },
    objects: { tags: {} },
    schedule: { every: '1h' },
    destination: { type: 'duckdb', connection: destination, schema: 'intercom' },
  }
}
