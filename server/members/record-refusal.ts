import { errorFields } from '../log.ts'
import type { Services } from '../services.ts'
import { findRefusedKey } from '../store/api-key-rows.ts'
import { countActs, recordAudit } from '../store/audit-rows.ts'
import type { AuditActor, AuditEntry } from '../store/audit-rows.ts'
import type { Tx } from '../store/database.ts'
import { listMemberships } from '../store/member-rows.ts'
import { findPersonByEmail } from '../store/person-rows.ts'

/** Of one person or key, in this time, so many refusals are written down: whoever guesses does not fill the audit log. */
const windowMs = 10 * 60_000
const mostInWindow = 5

/** Where a request that was refused came from. */
type From = Pick<AuditActor, 'ip' | 'requestId'>

/**
 * Writes down, in each workspace of the person, that somebody signed in as them with a wrong password: from where, never what was sent.
 * An address that nobody has is written down nowhere. Never rejects.
 */
export async function recordRefusedSignIn(services: Services, email: string, from: From): Promise<void> {
  await recordForPerson(services, email, 'session.refused', from)
}

/** Writes down likewise that so many wrong passwords came for a person that no more are looked at for a while. Never rejects. */
export async function recordLimitedPerson(services: Services, email: string, from: From): Promise<void> {
  await recordForPerson(services, email, 'session.limited', from)
}

async function recordForPerson(
  services: Services,
  email: string,
  action: 'session.refused' | 'session.limited',
  from: From,
): Promise<void> {
  await attempt(services, async (tx) => {
    const person = await findPersonByEmail(tx, email)
    if (!person) return
    const subject = { type: 'person', id: person.id, name: person.email }
    for (const { id: workspaceId } of await listMemberships(tx, person.id))
      await recordBounded(tx, services, { ...from, workspaceId }, { action, subject })
  })
}

/** Writes down that a key was sent which is too old, or switched off, or whose maker left; one that was never there has no workspace. Never rejects. */
export async function recordRefusedKey(services: Services, digest: string, from: From): Promise<void> {
  await attempt(services, async (tx) => {
    const key = await findRefusedKey(tx, digest)
    if (!key) return
    const subject = { type: 'apiKey', id: key.id, name: key.name }
    await recordBounded(
      tx,
      services,
      { ...from, workspaceId: key.workspaceId },
      { action: 'apiKey.refused', subject },
    )
  })
}

async function attempt({ database, log }: Services, work: (tx: Tx) => Promise<void>): Promise<void> {
  try {
    await database.asSystem(work)
  } catch (error) {
    log.warn('refusal.not_recorded', errorFields(error))
  }
}

async function recordBounded(
  tx: Tx,
  { clock }: Services,
  { workspaceId, ip, requestId }: Pick<AuditActor, 'workspaceId' | 'ip' | 'requestId'>,
  entry: AuditEntry & { readonly subject: { readonly id: string } },
): Promise<void> {
  const since = new Date(clock.now() - windowMs)
  const { action, subject } = entry
  const known = await countActs(tx, workspaceId, { action, subjectId: subject.id, since })
  if (known >= mostInWindow) return
  const nobody = {
    workspaceId,
    userId: null,
    label: 'Nobody signed in',
    via: 'session',
    ip,
    requestId,
  } as const
  await recordAudit(tx, nobody, { ...entry, outcome: 'denied' })
}
