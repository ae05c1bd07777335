import type { Services } from '../services.ts'
import { listFreshness, listTroubles, tryLockAlerts } from '../store/alert-condition-rows.ts'
import type { Trouble } from '../store/alert-condition-rows.ts'
import { closeAlert, listAllOpen, openAlert } from '../store/alert-rows.ts'
import type { Tx } from '../store/database.ts'
import { isStale } from './is-stale.ts'

/**
 * Compares what is wrong now, in all workspaces, with what was told: opens an alert for what is new, and closes what is over, with a
 * notice to every channel concerned in the same transaction. What stays wrong is not told again. Call it every few seconds on every
 * worker: one at a time does the work.
 */
export async function evaluateAlerts(services: Services, now: number): Promise<void> {
  const at = new Date(now)
  const counts = await services.database.asSystem(async (tx) => {
    if (!(await tryLockAlerts(tx))) return { opened: 0, closed: 0 }
    const troubles = [...(await listTroubles(tx)), ...(await findStale(tx, at))]
    const known = await listAllOpen(tx)
    const isWrong = new Set(troubles.map(keyOf))
    const isKnown = new Set(known.map(keyOf))
    const fresh = troubles.filter((trouble) => !isKnown.has(keyOf(trouble)))
    const over = known.filter((alert) => !isWrong.has(keyOf(alert)))
    for (const alert of over) await closeAlert(tx, alert, at)
    for (const trouble of fresh) await openAlert(tx, trouble, at)
    return { opened: fresh.length, closed: over.length }
  })
  if (counts.opened + counts.closed > 0) services.log.info('alerts.evaluated', counts)
}

async function findStale(tx: Tx, now: Date): Promise<Trouble[]> {
  const candidates = await listFreshness(tx)
  return candidates
    .filter((freshness) => isStale(freshness, now))
    .map(({ workspaceId, pipelineId, name, freshAt }) => ({
      workspaceId,
      kind: 'data_stale',
      subjectType: 'pipeline',
      subjectId: pipelineId,
      subjectName: name,
      message: freshAt?.toISOString() ?? '',
      runId: null,
    }))
}

function keyOf(it: Readonly<Record<'workspaceId' | 'kind' | 'subjectType' | 'subjectId', string>>): string {
  return JSON.stringify([it.workspaceId, it.kind, it.subjectType, it.subjectId])
}
