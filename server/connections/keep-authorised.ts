import { randomUUID } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import type { Secret } from '../egress/secret.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { insertConnection, isConnectionNameTaken, updateConnection } from '../store/connection-rows.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { updateAttempt } from '../store/oauth-rows.ts'
import type { AttemptRow } from '../store/oauth-rows.ts'
import { projectExists } from '../store/project-rows.ts'
import { withBaseUrl } from './create-source.ts'
import { insistOnConnector } from './insist-on-connector.ts'
import { readAttemptDraft } from './oauth-draft.ts'
import type { AttemptDraft } from './oauth-draft.ts'
import { sealSecrets } from './open-secrets.ts'
import { requireChangeable } from './require-connection.ts'
import { attemptSecretUse } from './secret-use.ts'
import type { VerifiedAccount } from './verify-source.ts'

/** What a trip to the consent page brought. */
export interface Authorised {
  readonly secrets: ReadonlyMap<string, Secret>
  readonly account: VerifiedAccount
}

/**
 * Keeps what was authorised: as a new connection, or in place of the old credential of the one that was re-authorised. Where that one is of
 * another account, nothing of it changes: the new tokens wait, sealed, for an admin's choice (`other_account`).
 */
export async function keepAuthorised(
  actor: Actor,
  attempt: AttemptRow,
  authorised: Authorised,
): Promise<'succeeded' | 'other_account'> {
  const { connectionId } = attempt
  return connectionId === null
    ? await keepNew(actor, attempt, authorised)
    : await keepAgain(actor, attempt, { ...authorised, connectionId })
}

async function keepNew(
  actor: Actor,
  attempt: AttemptRow,
  { secrets, account }: Authorised,
): Promise<'succeeded'> {
  const draft = readAttemptDraft(attempt.draft)
  const id = randomUUID()
  const sealed = await sealSecrets(actor.services.vault, id, secrets)
  await actor.transaction(async (tx) => {
    const gone = draft.projectId !== null && !(await projectExists(tx, actor.workspaceId, draft.projectId))
    await insistOnConnector(tx, actor, { name: attempt.connector })
    const row = await insertConnection(tx, {
      id,
      workspaceId: actor.workspaceId,
      projectId: gone ? null : draft.projectId,
      kind: 'source',
      connector: attempt.connector,
      name: await freeName(tx, actor, draft.name),
      settings: withBaseUrl(draft.settings, draft.apiBaseUrl ?? undefined),
      ...credentialOf(attempt),
      secrets: sealed,
      ...accountOf(account),
      createdBy: actor.userId,
    })
    await succeed(tx, actor, attempt, row, 'connection.create')
  })
  return 'succeeded'
}

async function keepAgain(
  actor: Actor,
  attempt: AttemptRow,
  { secrets, account, connectionId }: Authorised & { readonly connectionId: string },
): Promise<'succeeded' | 'other_account'> {
  const draft = readAttemptDraft(attempt.draft)
  const sealed = await sealSecrets(actor.services.vault, connectionId, secrets)
  const waiting = account.id === null ? {} : await sealWaiting(actor, attempt, secrets)
  return await actor.transaction(async (tx) => {
    const row = await requireChangeable(tx, actor, connectionId)
    if (row.accountId !== null && account.id === null)
      throw new DomainError(
        'INVALID',
        'The API does not say whose account this is, so it cannot be told from another. Grant it the permission to, then connect again.',
      )
    if (row.accountId !== null && account.id !== null && account.id !== row.accountId) {
      const pending = {
        secrets: waiting,
        accountId: account.id,
        accountName: account.name,
        account: account.shown,
        previousAccount: row.accountName ?? row.accountId,
      }
      await askForChoice(tx, actor, attempt, { ...draft, pending, verifierSealed: null })
      return 'other_account'
    }
    const patch = { ...credentialOf(attempt), ...accountOf(account), secrets: sealed }
    const after = await updateConnection(tx, actor.workspaceId, row.id, patch)
    await succeed(tx, actor, attempt, after ?? row, 'connection.reauthorise')
    return 'succeeded'
  })
}

/** What the connection is from now on, whatever it was: healthy, and with a credential that no run has read before. */
export function credentialOf(attempt: AttemptRow) {
  return {
    region: attempt.region,
    method: 'oauth',
    oauthProfileId: attempt.oauthProfileId,
    // What was asked for is not what was granted: a test finds out.
    grantedScopes: null,
    state: 'healthy',
    stateReason: null,
    credentialVersion: randomUUID(),
  } as const
}

function accountOf(account: VerifiedAccount) {
  return { accountId: account.id, accountName: account.name, account: account.shown }
}

async function succeed(
  tx: Tx,
  actor: Actor,
  attempt: AttemptRow,
  row: ConnectionRow,
  action: string,
): Promise<void> {
  const draft = readAttemptDraft(attempt.draft)
  await updateAttempt(tx, actor.workspaceId, attempt.id, {
    state: 'succeeded',
    outcome: { code: '', message: `“${row.name}” is connected.`, connectionId: row.id },
    draft: { ...draft, verifierSealed: null },
  })
  await recordAudit(tx, actor, {
    action,
    subject: { type: 'connection', id: row.id, name: row.name },
    after: { connector: row.connector, region: row.region, account: row.accountName, method: 'oauth' },
  })
}

async function askForChoice(tx: Tx, actor: Actor, attempt: AttemptRow, draft: AttemptDraft): Promise<void> {
  const message =
    'This is another account than the one before. An admin chooses: a fresh schema for the new account, deleting the old account’s data first, or keeping the old account.'
  await updateAttempt(tx, actor.workspaceId, attempt.id, {
    state: 'failed',
    outcome: { code: 'other_account', message, connectionId: attempt.connectionId ?? '' },
    draft,
  })
  await recordAudit(tx, actor, {
    action: 'oauth.otherAccount',
    subject: { type: 'connection', id: attempt.connectionId ?? '', name: draft.name },
    before: { account: draft.pending?.previousAccount },
    after: { account: draft.pending?.accountName ?? draft.pending?.accountId },
  })
}

async function sealWaiting(
  actor: Actor,
  attempt: AttemptRow,
  secrets: ReadonlyMap<string, Secret>,
): Promise<Record<string, string>> {
  const sealed: Record<string, string> = {}
  for (const [name, secret] of secrets)
    sealed[name] = await actor.services.vault.seal(attemptSecretUse(attempt.id, name), secret.reveal())
  return sealed
}

/** The person agreed at the API already: a name that somebody took meanwhile is no reason to send them back. */
async function freeName(tx: Tx, { workspaceId }: Actor, name: string): Promise<string> {
  for (let number = 2, free = name; ; number += 1) {
    if (!(await isConnectionNameTaken(tx, workspaceId, free))) return free
    free = `${name} ${number}`
  }
}
