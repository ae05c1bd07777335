import type { Actor } from '../actor.ts'
import { listDeliveries as readDeliveries } from '../store/alert-delivery-rows.ts'
import type { DeliveryRow } from '../store/alert-delivery-rows.ts'
import { listOpenAlerts } from '../store/alert-rows.ts'
import type { AlertKind } from '../store/tables/alerts.ts'
import { describeAlert } from './notice-text.ts'

export interface OpenAlert {
  readonly id: string
  readonly kind: AlertKind
  readonly subject: string
  readonly subjectType: string
  readonly subjectId: string
  readonly runId: string | null
  readonly message: string
  readonly since: string
}

/** What is wrong in the workspace now, the newest first. */
export async function listOpen(actor: Actor): Promise<{ items: OpenAlert[] }> {
  const rows = await actor.transaction((tx) => listOpenAlerts(tx, actor.workspaceId))
  return {
    items: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      subject: row.subjectName,
      subjectType: row.subjectType,
      subjectId: row.subjectId,
      runId: row.runId,
      message: describeAlert(row),
      since: row.openedAt.toISOString(),
    })),
  }
}

export interface Delivery {
  readonly id: string
  readonly channelId: string
  readonly channelName: string
  /** When it was put on its way. */
  readonly at: string
  readonly kind: AlertKind | 'test'
  readonly notice: DeliveryRow['notice']
  readonly subject: string | null
  readonly state: DeliveryRow['state']
  readonly ok: boolean
  readonly attempts: number
  readonly nextTryAt: string | null
  /** Why the last attempt failed. */
  readonly message: string | null
}

/** The newest notices, and how they fared. */
export async function listDeliveries(
  actor: Actor,
  { channelId, limit }: { readonly channelId?: string | undefined; readonly limit: number },
): Promise<{ items: Delivery[] }> {
  const rows = await actor.transaction((tx) => readDeliveries(tx, actor.workspaceId, { channelId, limit }))
  return {
    items: rows.map(({ delivery, channel, alert }) => ({
      id: delivery.id,
      channelId: channel.id,
      channelName: channel.name,
      at: delivery.createdAt.toISOString(),
      kind: alert?.kind ?? 'test',
      notice: delivery.notice,
      subject: alert?.subjectName ?? null,
      state: delivery.state,
      ok: delivery.state === 'delivered',
      attempts: delivery.attempts,
      nextTryAt: delivery.state === 'waiting' ? (delivery.nextTryAt?.toISOString() ?? null) : null,
      message: delivery.lastError,
    })),
  }
}
