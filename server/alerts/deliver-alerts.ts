import type { Services } from '../services.ts'
import { settleDelivery, takeDueDeliveries } from '../store/alert-delivery-rows.ts'
import type { DeliveryRow, DueDelivery } from '../store/alert-delivery-rows.ts'
import { databaseTime } from '../store/database-time.ts'
import { sendNotice } from './send-notice.ts'
import type { Sent } from './send-notice.ts'

/** So many notices are taken at a time, and sent at once. */
const helping = 10
/** A worker that took notices and died lets go of them after this. Longer than the longest sending. */
export const leaseMs = 120_000
/** How long to wait after the first failure, the second, and so on; after the last the notice is given up. About nine hours in all. */
const backoffMs = [10_000, 30_000, 120_000, 600_000, 1_800_000, 7_200_000, 21_600_000]

/**
 * Sends the notices that are due. Call it every few seconds on every worker: each notice is taken by one of them. A notice may arrive
 * twice where a worker died between sending it and writing that it did; its id is the same then.
 */
export async function deliverAlerts(services: Services, now: number): Promise<void> {
  const due = await services.database.asSystem((tx) =>
    takeDueDeliveries(tx, { now: new Date(now), leaseUntil: new Date(now + leaseMs), limit: helping }),
  )
  await Promise.all(due.map((one) => deliver(services, one)))
}

async function deliver(services: Services, due: DueDelivery): Promise<void> {
  const { delivery, channel } = due
  const sent: Sent = channel.enabled
    ? await sendNotice(services, due)
    : { ok: false, why: 'The channel was switched off.' }
  const retries = channel.enabled ? backoffMs : []
  await writeOutcome(services, delivery, sent, retries)
  const fields = { delivery: delivery.id, channel: channel.kind, attempts: delivery.attempts, ok: sent.ok }
  if (sent.ok) services.log.info('alert.delivered', fields)
  else services.log.warn('alert.undelivered', fields)
}

/** Writes how an attempt ended: delivered, to be tried again, or given up where no retry is left. */
export async function writeOutcome(
  services: Services,
  delivery: DeliveryRow,
  sent: Sent,
  retries: readonly number[],
): Promise<void> {
  const now = (await databaseTime(services.database.orm)).getTime()
  const wait = retries[delivery.attempts - 1]
  await services.database.inWorkspace(delivery.workspaceId, (tx) =>
    settleDelivery(
      tx,
      delivery,
      sent.ok
        ? { state: 'delivered', nextTryAt: null, lastError: null, deliveredAt: new Date(now) }
        : {
            state: wait === undefined ? 'failed' : 'waiting',
            nextTryAt: wait === undefined ? null : new Date(now + wait),
            lastError: sent.why,
            deliveredAt: null,
          },
    ),
  )
}
