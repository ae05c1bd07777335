import { DomainError } from '../domain-error.ts'
import type { Actor } from '../actor.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { updateConnection } from '../store/connection-rows.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { findAttempt, updateAttempt } from '../store/oauth-rows.ts'
import type { AttemptRow } from '../store/oauth-rows.ts'
import { credentialOf } from './keep-authorised.ts'
import { moveToFreshNamespace } from './move-namespace.ts'
import { readAttemptDraft } from './oauth-draft.ts'
import type { AttemptDraft } from './oauth-draft.ts'
import { requireChangeable } from './require-connection.ts'
import { attemptSecretUse, connectionSecretUse } from './secret-use.ts'
import { beginWipe } from './start-wipe.ts'
import { describeAttempt } from './describe-attempt.ts'
import type { AttemptDescription } from './describe-attempt.ts'
import { stopRunsOf } from './stop-runs.ts'

export interface AccountChoice {
  readonly attemptId: string
  /**
   * fresh_namespace: the connection is the new account's from now on, and its pipelines write to another schema. wipe: all data of the old
   * account is deleted, then the connection is the new one's. keep_old: the new tokens are dropped.
   */
  readonly choice: 'fresh_namespace' | 'wipe' | 'keep_old'
}

/** Decides what becomes of a connection that came back with another account. Nothing is ever mixed. Throws `CONFLICT` where nothing waits. */
export async function resolveOtherAccount(actor: Actor, input: AccountChoice): Promise<AttemptDescription> {
  const { attemptId, choice } = input
  const { attempt, draft, pending } = await readWaiting(actor, attemptId)
  const secrets = await resealFor(actor, attempt, pending)
  const carried = await actor.transaction(async (tx) => {
    const row = await requireChangeable(tx, actor, attempt.connectionId ?? '')
    const now = await findAttempt(tx, actor.workspaceId, attemptId)
    if (!now || !readAttemptDraft(now.draft).pending) throw nothingWaits()
    const arrival = { ...credentialOf(attempt), secrets, ...accountOf(pending) }
    const stopped = choice === 'keep_old' ? [] : await stopRunsOf(tx, actor, row.id)
    if (choice === 'fresh_namespace') await moveIn(tx, actor, row, arrival, pending.accountId)
    if (choice === 'wipe') await beginWipe(tx, actor, row, arrival)
    await updateAttempt(tx, actor.workspaceId, attemptId, {
      ...endOf(choice, row),
      draft: { ...draft, pending: null },
    })
    await recordAudit(tx, actor, {
      action: 'oauth.resolveOtherAccount',
      subject: { type: 'connection', id: row.id, name: row.name },
      before: { account: pending.previousAccount },
      after: { choice, account: pending.accountName ?? pending.accountId },
    })
    return stopped
  })
  for (const runId of carried) await actor.services.queue.announceCancel(runId)
  return await describeAttempt(actor, { attemptId })
}

type Pending = NonNullable<AttemptDraft['pending']>

async function readWaiting(actor: Actor, attemptId: string) {
  const attempt = await actor.transaction((tx) => findAttempt(tx, actor.workspaceId, attemptId))
  if (!attempt) throw new DomainError('NOT_FOUND', 'There is no such attempt to connect.')
  const draft = readAttemptDraft(attempt.draft)
  if (!draft.pending) throw nothingWaits()
  return { attempt, draft, pending: draft.pending }
}

async function moveIn(
  tx: Tx,
  actor: Actor,
  row: ConnectionRow,
  arrival: Parameters<typeof updateConnection>[3],
  accountId: string,
): Promise<void> {
  await updateConnection(tx, actor.workspaceId, row.id, arrival)
  await moveToFreshNamespace(tx, actor, row, accountId)
}

/** The tokens waited under the attempt's name; from now on they are the connection's. */
async function resealFor(
  actor: Actor,
  attempt: AttemptRow,
  pending: Pending,
): Promise<Record<string, string>> {
  const { vault } = actor.services
  const sealed: Record<string, string> = {}
  for (const [name, waiting] of Object.entries(pending.secrets)) {
    const token = await vault.open(attemptSecretUse(attempt.id, name), waiting)
    sealed[name] = await vault.seal(connectionSecretUse(attempt.connectionId ?? '', name), token)
  }
  return sealed
}

function accountOf({ accountId, accountName, account }: Pending) {
  return { accountId, accountName, account }
}

function endOf(choice: AccountChoice['choice'], { id, name }: ConnectionRow) {
  switch (choice) {
    case 'fresh_namespace':
      return ended('succeeded', `“${name}” is connected. Its pipelines write to a fresh schema.`, id)
    case 'wipe':
      return ended('succeeded', `The old account’s data is being deleted; then “${name}” is connected.`, id)
    case 'keep_old':
      return ended('failed', `“${name}” stays connected to the account before.`, id)
  }
}

function ended(state: 'succeeded' | 'failed', message: string, connectionId: string) {
  return {
    state,
    outcome: { code: state === 'failed' ? 'other_account' : '', message, connectionId },
  } as const
}

function nothingWaits(): DomainError {
  return new DomainError('CONFLICT', 'No account waits for a choice here. Perhaps it was made already.')
}
