import { recordAudit } from '../store/audit-rows.ts'
import type { Database } from '../store/database.ts'
import { findHomeWorkspace, findPerson } from '../store/person-rows.ts'

/** What the sign-in library says of a session that just began. */
export interface BegunSession {
  readonly userId: string
  readonly ipAddress?: string | null | undefined
}

/** Writes down that somebody signed in, from where, in the workspace that they come to. Whoever belongs to none is written down nowhere. */
export async function recordSignIn(database: Database, { userId, ipAddress }: BegunSession): Promise<void> {
  await database.asSystem(async (tx) => {
    const person = await findPerson(tx, userId)
    const workspaceId = await findHomeWorkspace(tx, userId)
    if (!person || workspaceId === undefined) return
    const actor = {
      workspaceId,
      userId,
      label: `${person.name} <${person.email}>`,
      via: 'session',
      ip: ipAddress ?? undefined,
      requestId: undefined,
    } as const
    await recordAudit(tx, actor, { action: 'session.signIn' })
  })
}
