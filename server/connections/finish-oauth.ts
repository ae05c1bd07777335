import { actorOf, roles, systemActor } from '../actor.ts'
import type { Actor, Identity, RequestFacts } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { RunFailure } from '../engine/failures.ts'
import { errorFields } from '../log.ts'
import type { Services } from '../services.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { findAttemptByState, takeAttempt, updateAttempt } from '../store/oauth-rows.ts'
import type { AttemptRow } from '../store/oauth-rows.ts'
import { ExchangeFailed, exchangeCode } from './exchange-code.ts'
import { findManifest } from './find-manifest.ts'
import { clientOf } from './find-profile.ts'
import { inMemory } from './create-source.ts'
import { insistOnAllowed } from './insist-on-allowed.ts'
import { keepAuthorised } from './keep-authorised.ts'
import { readAttemptDraft } from './oauth-draft.ts'
import type { AttemptCode } from './oauth-draft.ts'
import { attemptSecretUse } from './secret-use.ts'
import { hashState } from './start-oauth.ts'
import { verifyAccount } from './verify-source.ts'

/** What the API sent the browser back with. */
export interface Return {
  readonly state: string | undefined
  readonly code: string | undefined
  readonly error: string | undefined
}

/** How the trip ended. Without an attempt: nobody knows the state. */
export type Finished =
  | { readonly attemptId: string; readonly outcome: 'succeeded' | AttemptCode }
  | { readonly attemptId: undefined }

/** What ends an attempt, by name and sentence. */
class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed'
  readonly code: AttemptCode

  constructor(code: AttemptCode, sentence: string) {
    super(sentence)
    this.code = code
  }
}

interface Caller {
  readonly services: Services
  readonly identity: Identity | undefined
  readonly request: RequestFacts
}

/**
 * Ends a trip to the consent page. The state must be one that this very session began, in its workspace, no more than ten minutes ago, and is
 * good once. Then the code is exchanged, and the account and its region are looked at; only what stands all that is kept. Every end is
 * written down on the attempt, for the dialog that waits for it.
 */
export async function finishOAuth(caller: Caller, { state, code, error }: Return): Promise<Finished> {
  const { services } = caller
  const known = state === undefined || state.length > 200 ? undefined : hashState(state)
  const attempt = known && (await services.database.asSystem((tx) => findAttemptByState(tx, known)))
  if (!attempt) return { attemptId: undefined }
  const { id: attemptId, workspaceId } = attempt
  const taken = await services.database.inWorkspace(workspaceId, (tx) =>
    takeAttempt(tx, workspaceId, attemptId),
  )
  if (!taken) return { attemptId, outcome: 'replayed' }
  try {
    const actor = insistOnSession(caller, attempt)
    insistOnAgreement(attempt, services, error)
    const outcome = await exchangeAndKeep(actor, attempt, code)
    return { attemptId, outcome }
  } catch (thrown) {
    const failure = explain(thrown, services)
    await writeFailure(services, attempt, failure)
    return { attemptId, outcome: failure.code }
  }
}

/** Whoever comes back must be who left: the same session, still a member of that workspace, who may still do this. */
function insistOnSession({ services, identity, request }: Caller, attempt: AttemptRow): Actor {
  const sentence = 'The window came back in another session than the one that began. Begin again.'
  if (identity?.sessionId !== attempt.sessionId || identity.userId !== attempt.userId)
    throw new AttemptFailed('other_session', sentence)
  const { member } = identity
  const mayConnect = member && roles.indexOf(member.role) >= roles.indexOf('editor')
  if (member?.workspaceId !== attempt.workspaceId || !mayConnect)
    throw new AttemptFailed(
      'other_session',
      'You left the workspace in which this began, or may no longer connect there.',
    )
  return actorOf({ ...identity, member }, request, services)
}

function insistOnAgreement(attempt: AttemptRow, { clock }: Services, error: string | undefined): void {
  if (attempt.expiresAt.getTime() <= clock.now())
    throw new AttemptFailed('expired', 'More than ten minutes have passed. Connect again.')
  if (error === 'access_denied')
    throw new AttemptFailed('denied', 'Access was denied on the consent page. Connect again to agree.')
  if (error !== undefined)
    throw new AttemptFailed(
      'refused',
      'The API did not grant access. Check the OAuth profile, then connect again.',
    )
}

async function exchangeAndKeep(
  actor: Actor,
  attempt: AttemptRow,
  code: string | undefined,
): Promise<'succeeded' | 'other_account'> {
  if (!code || code.length > 4096) throw new AttemptFailed('refused', 'The API sent no code. Connect again.')
  const connector = await findManifest(actor, attempt.connector)
  const { apiBaseUrl, settings, verifierSealed } = readAttemptDraft(attempt.draft)
  const { region, oauthProfileId: profileId } = attempt
  await insistOnAllowed(actor, connector, { region, profileId, apiBaseUrl: apiBaseUrl ?? undefined })
  const client = await clientOf(actor, {
    connector,
    profileId,
    apiBaseUrl: apiBaseUrl ?? undefined,
  })
  if (!client) throw new AttemptFailed('refused', 'The OAuth profile is no longer there. Choose another one.')
  const use = attemptSecretUse(attempt.id, 'verifier')
  const verifier = verifierSealed ? await actor.services.vault.open(use, verifierSealed) : undefined
  const before = inMemory(region, apiBaseUrl ?? undefined, { settings, secrets: new Map() })
  const secrets = await exchangeCode(actor, connector, { code, client, verifier, connection: before })
  const connection = inMemory(region, apiBaseUrl ?? undefined, { settings, secrets })
  const account = await verifyAccount(actor, { connector, connection, keepTokens: undefined })
  return await keepAuthorised(actor, attempt, { secrets, account })
}

function explain(thrown: unknown, { log }: Services): AttemptFailed {
  if (thrown instanceof AttemptFailed) return thrown
  if (thrown instanceof ExchangeFailed) return new AttemptFailed(thrown.reason, thrown.message)
  if (thrown instanceof RunFailure) {
    const code =
      thrown.kind === 'wrong_region'
        ? 'wrong_region'
        : thrown.kind === 'unavailable'
          ? 'unreachable'
          : 'refused'
    return new AttemptFailed(code, `${thrown.message} ${thrown.advice}`)
  }
  if (thrown instanceof DomainError)
    return new AttemptFailed(thrown.code === 'UNAVAILABLE' ? 'unreachable' : 'refused', thrown.message)
  log.error('oauth.failed', errorFields(thrown))
  return new AttemptFailed('unreachable', 'Something went wrong on our side. Connect again.')
}

async function writeFailure(
  services: Services,
  attempt: AttemptRow,
  { code, message }: AttemptFailed,
): Promise<void> {
  const { id, workspaceId } = attempt
  const draft = readAttemptDraft(attempt.draft)
  await services.database.inWorkspace(workspaceId, async (tx) => {
    await updateAttempt(tx, workspaceId, id, {
      state: 'failed',
      outcome: { code, message },
      draft: { ...draft, verifierSealed: null },
    })
    await recordAudit(tx, systemActor(workspaceId, services), {
      action: 'oauth.finish',
      subject: { type: 'oauthAttempt', id, name: draft.name },
      outcome: 'denied',
      after: { code, begunBy: attempt.userId },
    })
  })
}
