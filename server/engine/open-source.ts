import { ApiClient, type ApiClientInput } from './api-client.ts'
import { systemClock } from './clock.ts'
import type { RunInput } from './execute-run.ts'
import { identifyAccount, type IdentifiedAccount } from './identify-account.ts'

/** An API that is asked a few things beside the runs, until it is disposed of. */
export interface OpenSource extends Disposable {
  readonly client: ApiClient
  readonly account: IdentifiedAccount
}

/** Which account is asked, and with what. */
export type SourceAccess = Pick<
  RunInput,
  'connector' | 'connection' | 'http' | 'keepTokens' | 'budget' | 'signal'
>

/**
 * Asks whose account a connection reads, and from then on shares the account's budget with its runs. Throws a `RunFailure` where nothing can
 * be asked: a dead token, the wrong region, a host that is not allowed.
 */
export async function openSource(
  { connector, connection, http, keepTokens, budget: findBudget, signal }: SourceAccess,
  options: Pick<ApiClientInput, 'concurrency' | 'askOnce'> = {},
): Promise<OpenSource> {
  const client = new ApiClient({
    manifest: connector.manifest,
    connection,
    http,
    clock: systemClock,
    random: Math.random,
    keepTokens,
    onWait: () => undefined,
    ...options,
  })
  const account = await identifyAccount({ connector, connection, client, stored: new Map(), signal })
  const budget = findBudget?.({ id: account.shown.id, source: account.source })
  const leave = budget && client.shareBudget(budget)
  return { client, account, [Symbol.dispose]: () => leave?.() }
}
