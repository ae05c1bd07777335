import { actorOf } from '../actor.ts'
import type { RequestContext } from '../api/trpc.ts'
import { recordAudit } from '../store/audit-rows.ts'

/** Writes down that a member tried what the role does not allow. Strangers have no workspace to write it in. */
export async function recordDenial(context: RequestContext, path: string): Promise<void> {
  const { identity, request, services } = context
  if (!identity?.member) return
  const actor = actorOf({ ...identity, member: identity.member }, request, services)
  await actor.transaction((tx) => recordAudit(tx, actor, { action: path, outcome: 'denied' }))
}
