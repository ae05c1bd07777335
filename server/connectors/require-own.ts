import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findOwnConnector } from '../store/connector-rows.ts'
import type { ConnectorRow } from '../store/connector-rows.ts'
import type { Tx } from '../store/database.ts'

/** A connector of the workspace's own, or `NOT_FOUND`. With `lock`, for who is about to change it. */
export async function requireOwn(
  tx: Tx,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  name: string,
  lock: 'lock' | 'look' = 'look',
): Promise<ConnectorRow> {
  const row = await findOwnConnector(tx, workspaceId, name, lock)
  if (!row) throw new DomainError('NOT_FOUND', 'This workspace has no such connector of its own.')
  return row
}

/** Throws `CONFLICT`, with who saved meanwhile, when, and the files as they are now, where the draft is not the one that the person saw. */
export function refuseStaleDraft(row: ConnectorRow, revision: number | null): void {
  if (row.revision === revision) return
  const { name, draftBy, draftAt, draft } = row
  throw new DomainError(
    'CONFLICT',
    revision === null
      ? `This workspace has a connector named ${name} already. Open that one, or name yours differently.`
      : `${draftBy ?? 'Penstock'} saved ${name} meanwhile. Look at what is there now, then save yours on top of it.`,
    { details: { revision: row.revision, savedBy: draftBy, savedAt: draftAt.toISOString(), files: draft } },
  )
}

/** A connector as the audit log names it. */
export function connectorSubject(name: string) {
  return { type: 'connector', id: name, name }
}
