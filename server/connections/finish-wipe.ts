import type { Actor } from '../actor.ts'
import { setNextRun } from '../pipelines/next-run-at.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { lockConnection, updateConnection } from '../store/connection-rows.ts'
import type { ConnectionPatch } from '../store/connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { announceChange } from '../store/event-rows.ts'
import { findPipeline, updatePipeline } from '../store/pipeline-rows.ts'
import { deleteAttemptsFor, forgetRunLogs, lockWipe, updateWipe } from '../store/wipe-rows.ts'
import { readProgress } from './wipe-progress.ts'
import type { WipeProgress } from './wipe-progress.ts'

/** Forgets, in Penstock's own database, what the runs said about records, once. */
export async function forgetLogs(actor: Actor, wipeId: string): Promise<void> {
  const { workspaceId } = actor
  await actor.transaction(async (tx) => {
    const wipe = await lockWipe(tx, workspaceId, wipeId)
    const progress = readProgress(wipe?.progress)
    if (progress.logsDone) return
    const lines = await forgetRunLogs(tx, workspaceId, progress.pipelines)
    await updateWipe(tx, workspaceId, wipeId, { progress: { ...progress, logsDone: true } })
    await recordAudit(tx, actor, {
      action: 'wipe.object',
      subject: { type: 'object', id: `${wipeId}:logs`, name: 'run logs' },
      after: { rows: lines, pipelines: progress.pipelines.length },
    })
  })
}

/** Forgets the account and what was found out about it; the connection is free again, or what another account's authorisation made it. */
export async function finishWipe(actor: Actor, wipeId: string): Promise<void> {
  const { workspaceId } = actor
  await actor.transaction(async (tx) => {
    const wipe = await lockWipe(tx, workspaceId, wipeId)
    if (!wipe || wipe.state === 'done') return
    const progress = readProgress(wipe.progress)
    const row = await lockConnection(tx, workspaceId, wipe.connectionId)
    const arrival: ConnectionPatch = progress.arrival ?? { state: 'disconnected', stateReason: null }
    if (row?.state === 'wiping') {
      await updateConnection(tx, workspaceId, row.id, { ...forgotten, ...arrival })
      if (progress.arrival) await resumePaused(tx, actor, progress)
    }
    if (!progress.arrival) await deleteAttemptsFor(tx, workspaceId, wipe.connectionId)
    await updateWipe(tx, workspaceId, wipeId, {
      state: 'done',
      error: null,
      finishedAt: new Date(actor.services.clock.now()),
      progress: { ...progress, secrets: {}, arrival: null },
    })
    const counts = progress.targets.flatMap(({ objects }) => objects.map(({ counted }) => counted ?? 0))
    await recordAudit(tx, actor, {
      action: 'wipe.finish',
      subject: { type: 'connection', id: wipe.connectionId, name: wipe.connectionName },
      after: { wipeId, objects: counts.length, rows: counts.reduce((sum, rows) => sum + rows, 0) },
    })
    await announceChange(tx, { workspaceId })
  })
}

const forgotten = {
  secrets: {},
  accountId: null,
  accountName: null,
  account: null,
  grantedScopes: null,
  checkedAt: null,
  checkResult: null,
} as const

/** The pipelines that were paused for the wiping go on with the new account. */
async function resumePaused(tx: Tx, actor: Actor, { paused }: WipeProgress): Promise<void> {
  for (const id of paused) {
    const pipeline = await findPipeline(tx, actor.workspaceId, id, 'lock')
    if (!pipeline?.pausedAt) continue
    await updatePipeline(tx, actor.workspaceId, id, { pausedAt: null, pausedReason: null })
    await setNextRun(
      tx,
      actor.workspaceId,
      { ...pipeline, pausedAt: null },
      new Date(actor.services.clock.now()),
    )
  }
}
