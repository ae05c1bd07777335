import { randomBytes } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { insertHashKey, listHashedObjects, listHashKeys } from '../store/hash-key-rows.ts'
import { findWorkspaceSettings } from '../store/workspace-rows.ts'
import { fingerprintOf, hashKeyUse, noKey } from './hash-key.ts'

/** What must be typed, in so many letters. */
const confirmation = 'ROTATE'

/**
 * Puts a new key beside those that are there: runs that begin from now on hash under it. What has landed keeps its tokens until it is read anew.
 * `version` is the one that is to be replaced: two people who rotate at once make one key. Throws `INVALID` without the confirmation,
 * `CONFLICT` where a newer key is in use already.
 */
export async function rotateHashKey(
  actor: Actor,
  { version, confirm }: { readonly version: number; readonly confirm: string },
): Promise<{ readonly version: number }> {
  if (confirm !== confirmation)
    throw new DomainError('INVALID', `Type ${confirmation} to put a new hash key in use.`)
  const { workspaceId, services } = actor
  const next = version + 1
  const key = randomBytes(32).toString('base64url')
  const sealed = await services.vault.seal(hashKeyUse(workspaceId, next), key)
  await actor.transaction(async (tx) => {
    await findWorkspaceSettings(tx, workspaceId, { lock: true })
    const [newest] = await listHashKeys(tx, workspaceId)
    if (!newest) throw noKey()
    if (newest.version !== version)
      throw new DomainError('CONFLICT', `Version ${newest.version} of the hash key is in use already.`)
    const createdAt = new Date(services.clock.now())
    await insertHashKey(tx, workspaceId, { version: next, sealed, createdBy: actor.label, createdAt })
    await recordAudit(tx, actor, {
      action: 'hashKey.rotate',
      subject: { type: 'workspace', id: workspaceId },
      before: { version },
      after: { version: next, fingerprint: fingerprintOf(key) },
    })
  })
  return { version: next }
}

/** A published pipeline with hashed fields, and what a new key means for its tables. */
export interface HashedPipeline {
  readonly pipelineId: string
  readonly name: string
  readonly objects: {
    readonly object: string
    readonly fields: readonly string[]
    /** Some of its rows hold tokens of an older key: they join with new ones only once the object was synced anew. */
    readonly older: boolean
  }[]
}

/** What hashes under the workspace's key, pipeline by pipeline. */
export async function describeHashing(actor: Actor): Promise<HashedPipeline[]> {
  const rows = await actor.transaction(async (tx) => {
    const [newest] = await listHashKeys(tx, actor.workspaceId)
    const since = newest === undefined || newest.version === 1 ? null : newest.createdAt
    return await listHashedObjects(tx, actor.workspaceId, since)
  })
  const byPipeline = Map.groupBy(rows, (row) => row.pipeline_id)
  return [...byPipeline].map(([pipelineId, objects]) => ({
    pipelineId,
    name: objects[0]?.pipeline ?? '',
    objects: objects.map(({ object, fields, older }) => ({ object, fields, older })),
  }))
}
