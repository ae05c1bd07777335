import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { findConnection } from '../store/connection-rows.ts'
import type { ConnectionPatch, ConnectionRow } from '../store/connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { announceChange } from '../store/event-rows.ts'
import { insertWipe, listLandedObjects, pauseAll } from '../store/wipe-rows.ts'
import type { WipeRow } from '../store/wipe-rows.ts'
import { describeWipe } from './describe-wipe.ts'
import type { WipeDescription } from './describe-wipe.ts'
import { dropSecrets } from './disconnect-connection.ts'
import { requireChangeable } from './require-connection.ts'
import { stopRunsOf } from './stop-runs.ts'
import type { WipeProgress } from './wipe-progress.ts'

/** What an admin types, in the API as in the UI. */
export const confirmation = 'DELETE'

/**
 * Deletes all data of a connection: it loses its credential at once, its runs end, its pipelines pause; a worker then removes what was landed.
 * Until that has finished the connection cannot be connected, and nothing can be run through it. Throws `INVALID` without the confirmation.
 */
export async function startWipe(
  actor: Actor,
  { connectionId, confirm }: { readonly connectionId: string; readonly confirm: string },
): Promise<WipeDescription> {
  if (confirm !== confirmation)
    throw new DomainError('INVALID', `Type ${confirmation} to delete all data of this connection.`)
  const { wipe, carried } = await actor.transaction(async (tx) => {
    const row = await requireChangeable(tx, actor, connectionId)
    const stopped = await stopRunsOf(tx, actor, connectionId)
    return { wipe: await beginWipe(tx, actor, row), carried: stopped }
  })
  for (const runId of carried) await actor.services.queue.announceCancel(runId)
  return describeWipe(wipe)
}

/** As a part of a transaction that holds the connection's lock, and has ended its runs. `arrival`: what the connection is when all is gone. */
export async function beginWipe(
  tx: Tx,
  actor: Actor,
  row: ConnectionRow,
  arrival?: ConnectionPatch,
): Promise<WipeRow> {
  const { workspaceId } = actor
  const landed = await listLandedObjects(tx, workspaceId, row.id)
  const pipelines = [...new Set(landed.map(({ pipelineId }) => pipelineId))]
  const reason = `All data of the connection “${row.name}” is deleted.`
  const paused = await pauseAll(tx, workspaceId, pipelines, reason)
  const progress: WipeProgress = {
    targets: await gather(tx, workspaceId, landed),
    pipelines,
    paused: [...paused],
    logsDone: false,
    secrets: row.kind === 'destination' ? row.secrets : {},
    arrival: arrival ? { ...arrival } : null,
  }
  await dropSecrets(tx, actor, row, 'wiping')
  const wipe = await insertWipe(tx, {
    workspaceId,
    connectionId: row.id,
    connectionName: row.name,
    progress,
    requestedBy: actor.label,
  })
  await recordAudit(tx, actor, {
    action: 'wipe.start',
    subject: { type: 'connection', id: row.id, name: row.name },
    after: {
      wipeId: wipe.id,
      objects: progress.targets.map(({ destinationName, schema, objects }) => ({
        destination: destinationName,
        schema,
        objects: objects.map(({ object }) => object),
      })),
      pipelinesPaused: paused.length,
    },
  })
  await actor.services.queue.enqueueWipe(tx, { wipeId: wipe.id, workspaceId })
  await announceChange(tx, { workspaceId })
  return wipe
}

async function gather(
  tx: Tx,
  workspaceId: string,
  landed: Awaited<ReturnType<typeof listLandedObjects>>,
): Promise<WipeProgress['targets']> {
  const targets = new Map<string, WipeProgress['targets'][number]>()
  for (const { destinationId, schema, object } of landed) {
    const key = `${destinationId} ${schema}`
    const target = targets.get(key) ?? {
      destinationId,
      destinationName: await nameOf(tx, workspaceId, destinationId),
      schema,
      objects: [],
    }
    const known = target.objects.some((one) => one.object === object)
    if (!known) target.objects.push({ object, counted: null, done: false })
    targets.set(key, target)
  }
  return [...targets.values()]
}

async function nameOf(tx: Tx, workspaceId: string, id: string): Promise<string> {
  return (await findConnection(tx, workspaceId, id))?.name ?? 'a destination that was removed'
}
