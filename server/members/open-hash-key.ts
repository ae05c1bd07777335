import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findWorkspaceSettings } from '../store/workspace-rows.ts'
import { hashKeyUse } from './hash-key.ts'

/** The 32 bytes that personal data of the actor's workspace is hashed under. Throws `NOT_FOUND` where it has none. */
export async function openHashKey(actor: Actor): Promise<Buffer> {
  const settings = await actor.transaction((tx) => findWorkspaceSettings(tx, actor.workspaceId))
  if (!settings) throw new DomainError('NOT_FOUND', 'This workspace has no hash key.')
  const key = await actor.services.vault.open(hashKeyUse(actor.workspaceId), settings.hashKeySealed)
  return Buffer.from(key, 'base64url')
}
