import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import type { KeepTokens } from '../engine/access-tokens.ts'
import { checkConnection } from '../engine/check-connection.ts'
import type { ConnectionCheck } from '../engine/check-connection.ts'
import { RunFailure } from '../engine/failures.ts'
import { openSource } from '../engine/open-source.ts'
import type { SourceConnection } from '../engine/source-connection.ts'
import { findBudget } from './find-budget.ts'
import type { KnownConnector } from './open-own-connector.ts'

/** How long a person waits for an API before being told that it does not answer. */
const identifyMs = 20_000
const checkMs = 60_000

/** Whose data it is, as far as the API says: id, name, region. */
export interface VerifiedAccount {
  readonly id: string | null
  readonly name: string | null
  readonly shown: Record<string, string>
}

/**
 * Asks the API whose account this is, and whether it lives in the connection's region. Throws a `RunFailure` with what to do:
 * `wrong_region`, `unauthorized`, `host_not_allowed`; and `UNAVAILABLE` where the API does not answer in time.
 */
export async function verifyAccount(
  actor: Actor,
  { connector, connection, keepTokens }: SourceToVerify,
): Promise<VerifiedAccount> {
  const account = await inTime(connector, identifyMs, async (signal) => {
    using source = await openSource({ connector, connection, http: actor.services.http, keepTokens, signal })
    return source.account
  })
  return verified(account.shown)
}

/** As `verifyAccount`, and tries every object. */
export async function probeSource(
  actor: Actor,
  { connector, connection, keepTokens }: SourceToVerify,
): Promise<{ readonly account: VerifiedAccount; readonly check: ConnectionCheck }> {
  const { http } = actor.services
  const check = await inTime(connector, checkMs, (signal) =>
    checkConnection({
      connector,
      connection,
      http,
      keepTokens,
      budget: findBudget(actor, connector),
      signal,
    }),
  )
  return { account: verified(check.account), check }
}

export interface SourceToVerify {
  readonly connector: KnownConnector
  readonly connection: SourceConnection
  readonly keepTokens: KeepTokens | undefined
}

async function inTime<T>(
  { manifest }: Connector,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(ms)
  try {
    return await work(signal)
  } catch (error) {
    if (signal.aborted)
      throw new DomainError('UNAVAILABLE', `${manifest.title} does not answer. Try again in a moment.`, {
        cause: error,
      })
    if (!(error instanceof RunFailure)) throw error
    throw error.kind === 'unauthorized' ? explainRefusal(manifest, error) : error
  }
}

/** To whoever connects or tests, and runs nothing. Some APIs do not know a token of another region, and say no more than that. */
function explainRefusal({ title, api }: Connector['manifest'], failure: RunFailure): RunFailure {
  const regions = Object.values(api.regions).map((region) => region.title)
  if (regions.length < 2)
    return new RunFailure('unauthorized', failure.message, {
      cause: failure,
      advice: 'Check it: it may be mistyped, expired or taken back.',
    })
  return new RunFailure('unauthorized', `${title} refused the credential.`, {
    cause: failure,
    advice: `Check it, and that the region is the account’s own: ${regions.join(', ')}.`,
  })
}

function verified(shown: Readonly<Record<string, string>>): VerifiedAccount {
  const { id } = shown
  return { id: id || null, name: id ? (shown['name'] ?? null) : null, shown: { ...shown } }
}
