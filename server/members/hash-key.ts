import { createHash } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { explainLostKey } from '../secrets/lost-key.ts'
import { listHashKeys, type HashKeyRow } from '../store/hash-key-rows.ts'

/** What a version of a workspace's hash key is sealed for. */
export function hashKeyUse(workspaceId: string, version = 1): string {
  return version === 1 ? `workspace:${workspaceId}:hashKey` : `workspace:${workspaceId}:hashKey:${version}`
}

/** A key that personal data of a workspace is hashed under, told apart from others without being told. */
export interface HashKeyDescription {
  /** As it stands in every token: `h1:` is version 1. */
  readonly version: number
  /** 64 bits of a digest of the key, in hex; `lost` where the installation's key ring cannot open it any more. */
  readonly fingerprint: string
  readonly createdAt: string
  /** Name and address, as they were; null: it came with the workspace. */
  readonly createdBy: string | null
}

/** The key in use, and those before it, newest first. */
export interface HashKeys extends HashKeyDescription {
  readonly earlier: HashKeyDescription[]
}

/** Describes the workspace's hash keys. Throws `NOT_FOUND` where it has none. */
export async function describeHashKey(actor: Actor): Promise<HashKeys> {
  const rows = await actor.transaction((tx) => listHashKeys(tx, actor.workspaceId))
  const [newest, ...earlier] = await Promise.all(rows.map((row) => describe(actor, row)))
  if (!newest) throw noKey()
  return { ...newest, earlier }
}

/** Tells a key apart from others, and nothing of it. */
export function fingerprintOf(key: string): string {
  return createHash('sha256')
    .update('penstock hash key fingerprint v1')
    .update(key)
    .digest('hex')
    .slice(0, 16)
}

export function noKey(): DomainError {
  return new DomainError('NOT_FOUND', 'This workspace has no hash key.')
}

async function describe(actor: Actor, row: HashKeyRow): Promise<HashKeyDescription> {
  const { version, sealed, createdAt, createdBy } = row
  const key = actor.services.vault.open(hashKeyUse(actor.workspaceId, version), sealed)
  const fingerprint = await key.then(fingerprintOf, (error: unknown) => {
    if (explainLostKey(error)) return 'lost'
    throw error
  })
  return { version, fingerprint, createdAt: createdAt.toISOString(), createdBy }
}
