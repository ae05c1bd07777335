import type { RateLimits } from '@penstock/schemas/generated/manifest.ts'
import type { Actor } from '../actor.ts'
import { findManifest } from '../connections/find-manifest.ts'
import { DomainError } from '../domain-error.ts'
import { listKnownConnections } from '../store/known-connection-rows.ts'
import { listPipelinesOf } from '../store/pipeline-source-rows.ts'

/** How much an API lets one account ask, and who shares it. */
export interface BudgetDescription {
  /** The API's published limits in words; a sentence also where it publishes none. */
  readonly limit: string
  /** At most so many requests at once where a pipeline does not say; null: the connector has no limit of its own. */
  readonly concurrency: number | null
  /** The pipelines that read the same account, through this connection or another one. */
  readonly sharedBy: readonly { readonly pipelineId: string; readonly name: string }[]
}

/** The API budget behind a source connection: all runs on one account share it, on all workers. Throws `NOT_FOUND`. */
export async function describeBudget(
  actor: Actor,
  { connectionId }: { readonly connectionId: string },
): Promise<BudgetDescription> {
  const { connector, sharedBy } = await actor.transaction(async (tx) => {
    const known = await listKnownConnections(tx, actor.workspaceId)
    const asked = known.get(connectionId)
    if (asked?.kind !== 'source') throw new DomainError('NOT_FOUND', 'There is no such source connection.')
    const same = [...known.values()].filter(
      (one) =>
        one.id === asked.id ||
        (one.kind === 'source' &&
          one.connector === asked.connector &&
          one.accountId !== null &&
          one.accountId === asked.accountId),
    )
    const ids = same.map(({ id }) => id)
    return { connector: asked.connector, sharedBy: await listPipelinesOf(tx, actor.workspaceId, ids) }
  })
  const { manifest } = await findManifest(actor, connector)
  return {
    limit: describeLimit(manifest.title, manifest.rateLimits),
    concurrency: manifest.rateLimits?.concurrency ?? null,
    sharedBy,
  }
}

/** `Intercom allows 10,000 calls a minute for each app and 25,000 calls a minute for each workspace.` */
export function describeLimit(title: string, limits: RateLimits | undefined): string {
  const budgets = (limits?.budgets ?? []).map(
    ({ calls, seconds, per }) =>
      `${calls.toLocaleString('en-GB')} calls ${timeWords(seconds)} for ${each(per)}`,
  )
  if (budgets.length === 0) return `${title} publishes no limit; what its answers say is followed.`
  const last = budgets.at(-1) ?? ''
  const list = budgets.length === 1 ? last : `${budgets.slice(0, -1).join(', ')} and ${last}`
  return `${title} allows ${list}.`
}

function timeWords(seconds: number): string {
  const words: Readonly<Record<number, string>> = {
    1: 'a second',
    60: 'a minute',
    3600: 'an hour',
    86_400: 'a day',
  }
  return words[seconds] ?? (seconds % 60 === 0 ? `in ${seconds / 60} minutes` : `in ${seconds} seconds`)
}

/** A manifest says a bare noun (`app`), or a phrase with its own article. */
function each(per: string): string {
  return per.includes(' ') ? per : `each ${per}`
}
