import type { Actor } from '../actor.ts'
import { listHashKeys } from '../store/hash-key-rows.ts'
import { hashKeyUse, noKey } from './hash-key.ts'

/** What the engine hashes with. */
export interface OpenHashKey {
  /** 32 bytes. They never leave the server. */
  readonly hashKey: Buffer
  /** As it stands in every token. */
  readonly hashKeyVersion: number
}

/** The newest key that personal data of the actor's workspace is hashed under. Throws `NOT_FOUND` where it has none. */
export async function openHashKey(actor: Actor): Promise<OpenHashKey> {
  const [row] = await actor.transaction((tx) => listHashKeys(tx, actor.workspaceId))
  if (!row) throw noKey()
  const key = await actor.services.vault.open(hashKeyUse(actor.workspaceId, row.version), row.sealed)
  return { hashKey: Buffer.from(key, 'base64url'), hashKeyVersion: row.version }
}
