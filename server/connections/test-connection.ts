import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { checkAndClose } from '../destinations/check-and-close.ts'
import { RunFailure } from '../engine/failures.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { listNamespaces, lockConnection, updateConnection } from '../store/connection-rows.ts'
import type { ConnectionPatch, ConnectionRow } from '../store/connection-rows.ts'
import { destinationResult, failedResult, grantedScopes, sourceResult } from './check-result.ts'
import type { CheckResult } from './check-result.ts'
import { trialNamespace } from './create-destination.ts'
import { openDestination } from './load-destination.ts'
import { openSource } from './load-source.ts'
import type { LoadedSource } from './load-source.ts'
import { refuseUnusable } from './refuse-unusable.ts'
import { familyOf } from './renew-tokens.ts'
import { requireConnection } from './require-connection.ts'
import { probeSource } from './verify-source.ts'

/**
 * Tries a saved connection: every scope and object of a source, every right that a destination needs. What was found is kept with the
 * connection; a credential that the API refuses makes it one that needs re-authorising. Throws for one that is disconnected.
 */
export async function testConnection(actor: Actor, { id }: { readonly id: string }): Promise<CheckResult> {
  const row = await actor.transaction((tx) => requireConnection(tx, actor, id))
  refuseUnusable(row)
  const { result, patch, credentialVersion } =
    row.kind === 'source' ? await trySource(actor, row) : await tryDestination(actor, row)
  await actor.transaction(async (tx) => {
    const now = await lockConnection(tx, actor.workspaceId, id)
    // Disconnected, or connected anew, meanwhile: what was found is of a credential that is no more.
    if (!now || familyOf(now) !== familyOf(row)) return
    // A run renewed its token since it was refused here.
    if (patch.state === 'needs_reauthorisation' && now.credentialVersion !== credentialVersion) return
    await updateConnection(tx, actor.workspaceId, id, {
      checkedAt: new Date(result.at),
      checkResult: result,
      ...patch,
    })
    await recordAudit(tx, actor, {
      action: 'connection.test',
      subject: { type: 'connection', id, name: row.name },
      after: { ok: result.ok },
    })
  })
  return result
}

interface Tried {
  readonly result: CheckResult
  readonly patch: ConnectionPatch
  /** Of the credential that was tried: the test may have renewed it. */
  readonly credentialVersion: string
}

async function trySource(actor: Actor, row: ConnectionRow): Promise<Tried> {
  const source = await openSource(actor, row)
  const found = await answering(() => probe(actor, row, source))
  return { ...found, credentialVersion: source.credentialVersion() }
}

async function probe(actor: Actor, row: ConnectionRow, source: LoadedSource): Promise<Found> {
  const { account, check } = await probeSource(actor, source)
  if (row.accountId !== null && account.id !== null && account.id !== row.accountId)
    throw new RunFailure('unauthorized', 'The credential now belongs to another account.', {
      advice: 'Authorise the connection again, and choose what happens to the data of the account before.',
    })
  const result = sourceResult(source.connector.manifest, check, new Date())
  return {
    result,
    patch: {
      state: 'healthy',
      stateReason: null,
      grantedScopes: grantedScopes(result),
      account: { ...row.account, ...account.shown },
      accountId: account.id ?? row.accountId,
      accountName: account.name ?? row.accountName,
    },
  }
}

type Found = Omit<Tried, 'credentialVersion'>

/** A test that could not begin is an answer, too. */
async function answering(attempt: () => Promise<Found>): Promise<Found> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof DomainError && error.code === 'UNAVAILABLE')
      return { result: failedResult(error.message, new Date()), patch: {} }
    if (!(error instanceof RunFailure)) throw error
    const sentence = `${error.message} ${error.advice}`
    const dead = error.kind === 'unauthorized' || error.kind === 'wrong_region'
    return {
      result: failedResult(sentence, new Date()),
      patch: dead ? { state: 'needs_reauthorisation', stateReason: sentence } : {},
    }
  }
}

/** In each schema that a pipeline writes to; in one of our own where there is none yet. */
async function tryDestination(actor: Actor, row: ConnectionRow): Promise<Tried> {
  const found = await answering(() => checkSchemas(actor, row))
  return { ...found, credentialVersion: row.credentialVersion }
}

async function checkSchemas(actor: Actor, row: ConnectionRow): Promise<Found> {
  const loaded = await openDestination(actor, row)
  const namespaces = await actor.transaction((tx) => listNamespaces(tx, actor.workspaceId, row.id))
  const findings = []
  for (const namespace of namespaces.length === 0 ? [trialNamespace] : namespaces) {
    const found = await checkAndClose(await loaded.open(namespace))
    findings.push(
      ...found.map((one) => ({
        ...one,
        what: namespaces.length > 1 ? `${namespace}: ${one.what}` : one.what,
      })),
    )
  }
  const result = destinationResult(findings, new Date())
  const wrong = findings.find(({ ok }) => !ok)
  return { result, patch: { state: wrong ? 'unchecked' : 'healthy', stateReason: wrong?.message ?? null } }
}
