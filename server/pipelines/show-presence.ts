import type { Actor } from '../actor.ts'
import { requirePipeline } from './require-pipeline.ts'

/** Says to others that the actor has a pipeline open in a tab, or has left it. To be repeated every ten seconds. Throws `NOT_FOUND`. */
export async function showPresence(
  actor: Actor,
  { id, tab, here }: { readonly id: string; readonly tab: string; readonly here: boolean },
): Promise<void> {
  const { workspaceId, userId, label, services } = actor
  await actor.transaction((tx) => requirePipeline(tx, actor, id))
  if (userId === null || actor.via !== 'session') return
  // A person's name, without their address.
  const name = label.replace(/ <[^>]*>$/, '')
  await services.presence.tell({ workspaceId, pipelineId: id }, { tab, userId, name }, here)
}
