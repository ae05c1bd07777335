import type { Actor, Role } from '../actor.ts'
import { listMembers as readMembers } from '../store/member-rows.ts'

export interface Member {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly joinedAt: string
}

/** Who belongs to the workspace, by name. */
export async function listMembers(actor: Actor): Promise<{ items: Member[] }> {
  const rows = await actor.transaction((tx) => readMembers(tx, actor.workspaceId))
  return { items: rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() })) }
}
