import { randomUUID } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { updateConnection } from '../store/connection-rows.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { announceChange } from '../store/event-rows.ts'
import { describeConnection } from './describe-connection.ts'
import type { ConnectionDescription } from './describe-connection.ts'
import { requireChangeable } from './require-connection.ts'
import { stopRunsOf } from './stop-runs.ts'

/**
 * Deletes the secrets of a connection at once, and ends the runs that use it. The connection, its pipelines and their data stay; once it
 * is connected again they go on. Once more for the same connection is no error.
 */
export async function disconnectConnection(
  actor: Actor,
  { id }: { readonly id: string },
): Promise<ConnectionDescription> {
  const { described, carried } = await actor.transaction(async (tx) => {
    const row = await requireChangeable(tx, actor, id)
    const after = await dropSecrets(tx, actor, row, 'disconnected')
    await recordAudit(tx, actor, {
      action: 'connection.disconnect',
      subject: { type: 'connection', id, name: row.name },
      before: { state: row.state },
      after: { state: 'disconnected' },
    })
    const stopped = await stopRunsOf(tx, actor, id)
    await announceChange(tx, { workspaceId: actor.workspaceId })
    return { described: await describeConnection(tx, actor, after), carried: stopped }
  })
  for (const runId of carried) await actor.services.queue.announceCancel(runId)
  return described
}

/** Nothing that was read with the old credential counts from here on. */
export async function dropSecrets(
  tx: Tx,
  actor: Actor,
  row: ConnectionRow,
  state: 'disconnected' | 'wiping',
): Promise<ConnectionRow> {
  const after = await updateConnection(tx, actor.workspaceId, row.id, {
    secrets: {},
    state,
    stateReason: null,
    credentialVersion: randomUUID(),
  })
  return after ?? row
}
