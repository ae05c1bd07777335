import { sql } from './drizzle.ts'
import type { SQL } from './drizzle.ts'
import type { Tx } from './database.ts'

/** A column in which sealed secrets stand, alone or anywhere in JSON. */
export interface SealedColumn {
  readonly table: string
  readonly column: string
  readonly type: 'text' | 'jsonb'
  /** Beside the workspace, what names a row. */
  readonly hasId: boolean
}

/** Every column that holds sealed secrets. One that is forgotten here is found by test/server/secrets/reseal.test.ts. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'workspace_settings', column: 'hash_key_sealed', type: 'text', hasId: false },
  { table: 'hash_keys', column: 'sealed', type: 'text', hasId: false },
  { table: 'oauth_profiles', column: 'client_secret_sealed', type: 'text', hasId: true },
  { table: 'connections', column: 'secrets', type: 'jsonb', hasId: true },
  { table: 'alert_channels', column: 'secrets', type: 'jsonb', hasId: true },
  { table: 'oauth_attempts', column: 'draft', type: 'jsonb', hasId: true },
  { table: 'wipes', column: 'progress', type: 'jsonb', hasId: true },
]

/** A value of such a column, as JSON. */
export interface SealedValue {
  readonly workspaceId: string
  readonly id: string | null
  readonly value: unknown
}

/** All values of a column that may hold something sealed, in all workspaces. */
export async function listSealedValues(tx: Tx, place: SealedColumn): Promise<readonly SealedValue[]> {
  const rows = await tx.execute<{ workspace_id: string; id: string | null; value: unknown }>(sql`
    select workspace_id, ${place.hasId ? sql`id::text` : sql`null`} as id, to_jsonb(${sql.identifier(place.column)}) as value
    from ${sql.identifier(place.table)} where ${sql.identifier(place.column)}::text like '%eyJ%'`)
  return rows.map((row) => ({ workspaceId: row.workspace_id, id: row.id, value: row.value }))
}

/** Puts a value in place of the one that was read, unless it was changed since. Answers whether it did. */
export async function replaceSealedValue(
  tx: Tx,
  place: SealedColumn,
  before: SealedValue,
  after: unknown,
): Promise<boolean> {
  const column = sql.identifier(place.column)
  const rows = await tx.execute(sql`
    update ${sql.identifier(place.table)} set ${column} = ${typed(place, after)}
    where workspace_id = ${before.workspaceId} and ${column} = ${typed(place, before.value)}
      ${before.id === null ? sql`` : sql`and id = ${before.id}::uuid`}
    returning 1`)
  return rows.length > 0
}

function typed({ type }: SealedColumn, value: unknown): SQL {
  return type === 'jsonb' ? sql`${JSON.stringify(value)}::jsonb` : sql`${String(value)}`
}
