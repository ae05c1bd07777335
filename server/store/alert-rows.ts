import { and, desc, eq, isNull, sql } from './drizzle.ts'
import type { Trouble } from './alert-condition-rows.ts'
import type { Tx } from './database.ts'
import { alerts } from './tables/alerts.ts'

export type AlertRow = typeof alerts.$inferSelect

/** What is open, in all workspaces. */
export async function listAllOpen(tx: Tx): Promise<readonly AlertRow[]> {
  return await tx.select().from(alerts).where(isNull(alerts.closedAt))
}

/** What is open in a workspace, the newest first. */
export async function listOpenAlerts(tx: Tx, workspaceId: string): Promise<readonly AlertRow[]> {
  return await tx
    .select()
    .from(alerts)
    .where(and(eq(alerts.workspaceId, workspaceId), isNull(alerts.closedAt)))
    .orderBy(desc(alerts.openedAt), alerts.id)
}

/** Opens an alert, with a notice on its way to every channel that wants its kind. Nothing, where it is open already. */
export async function openAlert(tx: Tx, trouble: Trouble, now: Date): Promise<boolean> {
  const [alert] = await tx
    .insert(alerts)
    .values({ ...trouble, openedAt: now })
    .onConflictDoNothing()
    .returning({ id: alerts.id })
  if (!alert) return false
  await tx.execute(sql`
    insert into alert_deliveries (workspace_id, alert_id, channel_id, notice, next_try_at, created_at)
    select workspace_id, ${alert.id}, id, 'opened', ${now.toISOString()}, ${now.toISOString()} from alert_channels
    where workspace_id = ${trouble.workspaceId} and enabled and kinds @> ${JSON.stringify([trouble.kind])}::jsonb`)
  return true
}

/** Closes an alert, with a notice on its way to every channel that was told of it. */
export async function closeAlert(
  tx: Tx,
  { workspaceId, id }: Pick<AlertRow, 'workspaceId' | 'id'>,
  now: Date,
): Promise<void> {
  await tx
    .update(alerts)
    .set({ closedAt: now })
    .where(and(eq(alerts.workspaceId, workspaceId), eq(alerts.id, id)))
  await tx.execute(sql`
    insert into alert_deliveries (workspace_id, alert_id, channel_id, notice, next_try_at, created_at)
    select workspace_id, alert_id, channel_id, 'recovered', ${now.toISOString()}, ${now.toISOString()} from alert_deliveries
    where workspace_id = ${workspaceId} and alert_id = ${id} and notice = 'opened'`)
}
