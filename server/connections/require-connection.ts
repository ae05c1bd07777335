import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findConnection, isConnectionNameTaken, lockConnection } from '../store/connection-rows.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { projectExists } from '../store/project-rows.ts'

/** The connection of this id in the actor's workspace. Throws `NOT_FOUND`. */
export async function requireConnection(
  tx: Tx,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<ConnectionRow> {
  return found(await findConnection(tx, workspaceId, id))
}

/** As `requireConnection`, locked until the transaction ends. Throws `CONFLICT` while its data is being deleted. */
export async function requireChangeable(
  tx: Tx,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<ConnectionRow> {
  const row = found(await lockConnection(tx, workspaceId, id))
  if (row.state === 'wiping')
    throw new DomainError(
      'CONFLICT',
      `All data of “${row.name}” is being deleted. Wait until that has finished.`,
    )
  return row
}

/** Throws `CONFLICT` where another connection has the name, and `NOT_FOUND` for a project that the workspace does not have. */
export async function acceptPlace(
  tx: Tx,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  place: {
    readonly name?: string | undefined
    readonly projectId?: string | null | undefined
    readonly besides?: string | undefined
  },
): Promise<void> {
  const { name, projectId, besides } = place
  if (projectId && !(await projectExists(tx, workspaceId, projectId)))
    throw new DomainError('NOT_FOUND', 'There is no such project.')
  if (name !== undefined && (await isConnectionNameTaken(tx, workspaceId, name, besides)))
    throw new DomainError('CONFLICT', `There is a connection named “${name}” already. Choose another name.`)
}

function found(row: ConnectionRow | undefined): ConnectionRow {
  if (!row) throw new DomainError('NOT_FOUND', 'There is no such connection.')
  return row
}
