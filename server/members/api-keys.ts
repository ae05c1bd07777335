import { roles } from '../actor.ts'
import type { Actor, Role } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { deleteKey, insertKey, listKeys } from '../store/api-key-rows.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { hashToken, newToken } from './one-time-token.ts'

export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly hint: string
  readonly createdBy: string
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly expiresAt: string | null
}

/** The workspace's API keys, the newest first: never the keys themselves. */
export async function listApiKeys(actor: Actor): Promise<{ items: ApiKey[] }> {
  const rows = await actor.services.database.asSystem((tx) => listKeys(tx, actor.workspaceId))
  return {
    items: rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      expiresAt: row.expiresAt?.toISOString() ?? null,
    })),
  }
}

/**
 * Makes a key that acts for its maker, with at most the role it is given here and at most the maker's own at that moment. The answer is
 * the only one that holds it. Throws `FORBIDDEN` for a role above the actor's own, and for API keys: a key that was taken back must not
 * live on in another.
 */
export async function createApiKey(
  actor: Actor,
  input: { readonly name: string; readonly role: Role; readonly expiresInDays?: number | undefined },
): Promise<{ id: string; key: string }> {
  const { userId, workspaceId, services } = actor
  if (userId === null || actor.via !== 'session')
    throw new DomainError('FORBIDDEN', 'Sign in to make an API key.')
  if (roles.indexOf(input.role) > roles.indexOf(actor.role))
    throw new DomainError('FORBIDDEN', 'A key cannot have a role above your own.')
  const key = `pnk_${newToken()}`
  const days = input.expiresInDays
  const expiresAt = days === undefined ? null : new Date(services.clock.now() + days * 86_400_000)
  const { name, role } = input
  const id = await services.database.asSystem(async (tx) => {
    const id = await insertKey(tx, workspaceId, {
      digest: hashToken(key),
      name,
      hint: key.slice(0, 10),
      userId,
      role,
      expiresAt,
    })
    const after = { role, expiresAt: expiresAt?.toISOString() ?? null }
    await recordAudit(tx, actor, { action: 'apiKey.create', subject: { type: 'apiKey', id, name }, after })
    return id
  })
  return { id, key }
}

/** Takes a key back: the next call with it is refused. Throws `NOT_FOUND`. */
export async function revokeApiKey(actor: Actor, { id }: { readonly id: string }): Promise<void> {
  await actor.services.database.asSystem(async (tx) => {
    const name = await deleteKey(tx, actor.workspaceId, id)
    if (name === undefined) throw new DomainError('NOT_FOUND', 'There is no such API key.')
    await recordAudit(tx, actor, { action: 'apiKey.revoke', subject: { type: 'apiKey', id, name } })
  })
}
