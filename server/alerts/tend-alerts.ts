import type { Services } from '../services.ts'
import { databaseTime } from '../store/database-time.ts'
import { thinDeliveries } from '../store/alert-delivery-rows.ts'
import { deliverAlerts } from './deliver-alerts.ts'
import { evaluateAlerts } from './evaluate-alerts.ts'

const keptMs = 90 * 86_400_000

/** What every worker does about alerts every few seconds: sees what changed, and sends what is due. */
export async function tendAlerts(services: Services): Promise<void> {
  const now = (await databaseTime(services.database.orm)).getTime()
  await evaluateAlerts(services, now)
  await deliverAlerts(services, now)
}

/** Drops the log of notices that ended long ago. */
export async function thinNotices({ database, clock }: Services): Promise<void> {
  await database.asSystem((tx) => thinDeliveries(tx, new Date(clock.now() - keptMs)))
}
