import { and, desc, eq, lt, sql } from './drizzle.ts'
import type { ChannelRow } from './alert-channel-rows.ts'
import type { AlertRow } from './alert-rows.ts'
import type { Tx } from './database.ts'
import { alertChannels, alertDeliveries, alerts } from './tables/alerts.ts'
import { organization } from './tables/auth.ts'

export type DeliveryRow = typeof alertDeliveries.$inferSelect

/** A notice that this worker is to deliver, and everything it says. The alert is absent from a test. */
export interface DueDelivery {
  readonly delivery: DeliveryRow
  readonly channel: ChannelRow
  readonly alert: AlertRow | null
  readonly workspaceName: string
}

/**
 * Takes notices that are due, `limit` at most: until `leaseUntil` no other worker takes them, and after that any does, should this one die.
 * That something recovered waits until it was told that it was wrong.
 */
export async function takeDueDeliveries(
  tx: Tx,
  { now, leaseUntil, limit }: { readonly now: Date; readonly leaseUntil: Date; readonly limit: number },
): Promise<readonly DueDelivery[]> {
  const taken = await tx.execute<{ id: string }>(sql`
    update alert_deliveries set attempts = attempts + 1, next_try_at = ${leaseUntil.toISOString()}
    where (workspace_id, id) in (
      select d.workspace_id, d.id from alert_deliveries d
      where d.state = 'waiting' and d.next_try_at <= ${now.toISOString()}
        and not (d.notice = 'recovered' and exists (
          select from alert_deliveries o where o.workspace_id = d.workspace_id and o.alert_id = d.alert_id
            and o.channel_id = d.channel_id and o.notice = 'opened' and o.state = 'waiting'))
      order by d.created_at limit ${limit} for update of d skip locked)
    returning id`)
  const ids = taken.map(({ id }) => id)
  if (ids.length === 0) return []
  return await described(tx).where(
    sql`${alertDeliveries.id} in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json))`,
  )
}

/** Puts a test of a channel on its way, taken by the caller until `leaseUntil`. */
export async function insertTest(
  tx: Tx,
  { workspaceId, id }: Pick<ChannelRow, 'workspaceId' | 'id'>,
  leaseUntil: Date,
): Promise<DeliveryRow> {
  const [row] = await tx
    .insert(alertDeliveries)
    .values({
      workspaceId,
      alertId: sql`gen_random_uuid()`,
      channelId: id,
      notice: 'test',
      attempts: 1,
      nextTryAt: leaseUntil,
    })
    .returning()
  if (!row) throw new Error('The database did not give back what it inserted.')
  return row
}

/** Writes how an attempt ended, unless another worker has taken the notice since. */
export async function settleDelivery(
  tx: Tx,
  { workspaceId, id, attempts }: DeliveryRow,
  outcome: Pick<DeliveryRow, 'state' | 'nextTryAt' | 'lastError' | 'deliveredAt'>,
): Promise<void> {
  await tx
    .update(alertDeliveries)
    .set(outcome)
    .where(
      and(
        eq(alertDeliveries.workspaceId, workspaceId),
        eq(alertDeliveries.id, id),
        eq(alertDeliveries.attempts, attempts),
      ),
    )
}

/** The newest notices of a workspace, of one channel where it is named. */
export async function listDeliveries(
  tx: Tx,
  workspaceId: string,
  { channelId, limit }: { readonly channelId: string | undefined; readonly limit: number },
): Promise<readonly DueDelivery[]> {
  return await described(tx)
    .where(
      and(
        eq(alertDeliveries.workspaceId, workspaceId),
        channelId === undefined ? undefined : eq(alertDeliveries.channelId, channelId),
      ),
    )
    .orderBy(desc(alertDeliveries.createdAt), alertDeliveries.id)
    .limit(limit)
}

/** Drops notices that ended before a moment, but for those of what is still wrong: whoever was told of it is told when it is over. Answers how many. */
export async function thinDeliveries(tx: Tx, before: Date): Promise<number> {
  const rows = await tx
    .delete(alertDeliveries)
    .where(
      and(
        lt(alertDeliveries.createdAt, before),
        sql`${alertDeliveries.state} <> 'waiting'`,
        sql`not exists (select from ${alerts} as a where a.workspace_id = ${alertDeliveries.workspaceId}
          and a.id = ${alertDeliveries.alertId} and a.closed_at is null)`,
      ),
    )
    .returning({ id: alertDeliveries.id })
  return rows.length
}

function described(tx: Tx) {
  return tx
    .select({
      delivery: alertDeliveries,
      channel: alertChannels,
      alert: alerts,
      workspaceName: organization.name,
    })
    .from(alertDeliveries)
    .innerJoin(
      alertChannels,
      and(
        eq(alertChannels.workspaceId, alertDeliveries.workspaceId),
        eq(alertChannels.id, alertDeliveries.channelId),
      ),
    )
    .innerJoin(organization, eq(organization.id, alertDeliveries.workspaceId))
    .leftJoin(
      alerts,
      and(eq(alerts.workspaceId, alertDeliveries.workspaceId), eq(alerts.id, alertDeliveries.alertId)),
    )
}
