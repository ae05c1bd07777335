import type { Actor } from '../actor.ts'
import { listKnownConnections } from '../store/known-connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { judgeDocument } from './judge-document.ts'
import type { DiscoveredFields, Judgement } from './judge-document.ts'
import { knownConnector } from './known-connector.ts'
import type { KnownConnections } from './known-connection.ts'

const nothing: DiscoveredFields = new Map()

/** Judges a document against the actor's own workspace. What runs of the pipeline discovered may be named like any field. */
export async function judgeInWorkspace(
  tx: Tx,
  actor: Actor,
  document: unknown,
  discovered: DiscoveredFields = nothing,
): Promise<Judgement> {
  return await judgeWith(actor, document, await listKnownConnections(tx, actor.workspaceId), discovered)
}

/** The same, with connections that were read already. */
export async function judgeWith(
  actor: Actor,
  document: unknown,
  connections: KnownConnections,
  discovered: DiscoveredFields = nothing,
): Promise<Judgement> {
  const named = connectorNamed(document)
  return judgeDocument(document, {
    found: named === undefined ? undefined : await knownConnector(named),
    connections,
    discovered,
    now: new Date(actor.services.clock.now()),
  })
}

/** The connector that a document names, whatever else is wrong with it. */
export function connectorNamed(document: unknown): string | undefined {
  if (typeof document !== 'object' || document === null || !('source' in document)) return undefined
  const { source } = document
  if (typeof source !== 'object' || source === null || !('connector' in source)) return undefined
  return typeof source.connector === 'string' ? source.connector : undefined
}
