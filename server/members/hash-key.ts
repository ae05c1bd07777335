import { createHash } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findWorkspaceSettings } from '../store/workspace-rows.ts'

/** What a workspace's hash key is sealed for. */
export function hashKeyUse(workspaceId: string): string {
  return `workspace:${workspaceId}:hashKey`
}

/** The key that personal data of a workspace is hashed under, told apart from others without being told. */
export interface HashKeyDescription {
  /** As it stands in every token: `h1:` is version 1. */
  readonly version: number
  /** 64 bits of a digest of the key, in hex. */
  readonly fingerprint: string
  readonly createdAt: string
}

/** Describes the workspace's hash key. Throws `NOT_FOUND` where it has none. */
export async function describeHashKey(actor: Actor): Promise<HashKeyDescription> {
  const settings = await actor.transaction((tx) => findWorkspaceSettings(tx, actor.workspaceId))
  if (!settings) throw new DomainError('NOT_FOUND', 'This workspace has no hash key.')
  const key = await actor.services.vault.open(hashKeyUse(actor.workspaceId), settings.hashKeySealed)
  const digest = createHash('sha256').update('penstock hash key fingerprint v1').update(key).digest('hex')
  return { version: 1, fingerprint: digest.slice(0, 16), createdAt: settings.createdAt.toISOString() }
}
