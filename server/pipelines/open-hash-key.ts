import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { hashKeyUse } from '../members/hash-key.ts'
import { findWorkspaceSettings } from '../store/workspace-rows.ts'

/** The key that personal data of the actor's workspace is hashed under: 32 bytes. It never leaves the server. */
export async function openHashKey(actor: Actor): Promise<Buffer> {
  const { workspaceId, services } = actor
  const settings = await actor.transaction((tx) => findWorkspaceSettings(tx, workspaceId))
  if (!settings) throw new DomainError('NOT_FOUND', 'This workspace has no hash key.')
  return Buffer.from(await services.vault.open(hashKeyUse(workspaceId), settings.hashKeySealed), 'base64url')
}
