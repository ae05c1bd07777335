import type { Actor } from '../actor.ts'
import { findChannel } from '../store/alert-channel-rows.ts'
import { insertTest } from '../store/alert-delivery-rows.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { databaseTime } from '../store/database-time.ts'
import { findWorkspaceName } from '../store/workspace-rows.ts'
import { found } from './channels.ts'
import { leaseMs, writeOutcome } from './deliver-alerts.ts'
import { sendNotice } from './send-notice.ts'

/** Sends a test to a channel now, once, and says how it went. Throws `NOT_FOUND`. */
export async function testChannel(
  actor: Actor,
  { id }: { readonly id: string },
): Promise<{ ok: boolean; message: string | null }> {
  const { services, workspaceId } = actor
  const due = await actor.transaction(async (tx) => {
    const channel = found(await findChannel(tx, workspaceId, id))
    const now = await databaseTime(tx)
    const delivery = await insertTest(tx, channel, new Date(now.getTime() + leaseMs))
    const subject = { type: 'alertChannel', id, name: channel.name }
    await recordAudit(tx, actor, { action: 'alertChannel.test', subject })
    return { delivery, channel, alert: null, workspaceName: (await findWorkspaceName(tx, workspaceId)) ?? '' }
  })
  const sent = await sendNotice(services, due)
  await writeOutcome(services, due.delivery, sent, [])
  return { ok: sent.ok, message: sent.ok ? null : sent.why }
}
