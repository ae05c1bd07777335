import { randomBytes, randomUUID } from 'node:crypto'
import { actorOf } from '../actor.ts'
import type { RequestFacts } from '../actor.ts'
import type { Services } from '../services.ts'
import { recordAudit } from '../store/audit-rows.ts'
import type { Tx } from '../store/database.ts'
import { insertMember } from '../store/member-rows.ts'
import type { Person } from '../store/person-rows.ts'
import { insertWorkspace } from '../store/workspace-rows.ts'
import type { NewWorkspace } from '../store/workspace-rows.ts'
import { hashKeyUse } from './hash-key.ts'

/** A workspace that is still to be written, with a key of its own that personal data is hashed under, sealed. */
export async function planWorkspace({ vault }: Services, name: string): Promise<NewWorkspace> {
  const id = randomUUID()
  const hashKeySealed = await vault.seal(hashKeyUse(id), randomBytes(32).toString('base64url'))
  return { id, name, hashKeySealed }
}

/** Writes a planned workspace with its first admin, and that it was made. */
export async function writeWorkspace(
  tx: Tx,
  workspace: NewWorkspace,
  by: {
    readonly person: Person
    readonly via: 'session' | 'api_key'
    readonly request: RequestFacts
    readonly services: Services
  },
): Promise<void> {
  const { id, name } = workspace
  await insertWorkspace(tx, workspace)
  await insertMember(tx, id, { userId: by.person.id, role: 'admin' })
  const identity = {
    userId: by.person.id,
    name: by.person.name,
    email: by.person.email,
    via: by.via,
    member: { workspaceId: id, role: 'admin' },
  } as const
  const actor = actorOf(identity, by.request, by.services)
  await recordAudit(tx, actor, { action: 'workspace.create', subject: { type: 'workspace', id, name } })
}
