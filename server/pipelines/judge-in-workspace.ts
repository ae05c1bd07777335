import type { Actor } from '../actor.ts'
import { atOnce } from '../store/at-once.ts'
import type { Tx } from '../store/database.ts'
import { listKnownConnections } from '../store/known-connection-rows.ts'
import { listWriters } from '../store/pipeline-source-rows.ts'
import type { Writer } from '../store/pipeline-source-rows.ts'
import { discoveredFields } from './discovered-fields.ts'
import { judgeDocument } from './judge-document.ts'
import type { Judgement } from './judge-document.ts'
import { knownConnector } from './known-connector.ts'
import { soundParts } from './sound-parts.ts'

/**
 * Judges a document against the actor's own workspace: its connections, and what its other pipelines write. Of the pipeline itself, where it
 * is known, what its runs discovered may be named like any field. With `connectorVersion`, as a published document that reads with that one.
 */
export async function judgeInWorkspace(
  tx: Tx,
  actor: Actor,
  document: unknown,
  pipelineId?: string,
  connectorVersion?: number | null,
): Promise<Judgement> {
  const { workspaceId, services } = actor
  const named = connectorNamed(document)
  const [connections, discovered, writers] = await atOnce([
    listKnownConnections(tx, workspaceId),
    pipelineId === undefined ? Promise.resolve(new Map()) : discoveredFields(tx, workspaceId, pipelineId),
    writersBeside(tx, workspaceId, document, pipelineId),
  ])
  return judgeDocument(document, {
    found: named === undefined ? undefined : await knownConnector(tx, workspaceId, named, connectorVersion),
    connections,
    discovered,
    writers,
    now: new Date(services.clock.now()),
  })
}

async function writersBeside(
  tx: Tx,
  workspaceId: string,
  document: unknown,
  exceptId: string | undefined,
): Promise<readonly Writer[]> {
  const { destination } = soundParts(document)
  if (typeof destination?.connection !== 'string') return []
  const { connection, schema } = destination
  return await listWriters(tx, workspaceId, { connection, schema, exceptId })
}

/** The connector that a document names, whatever else is wrong with it. */
export function connectorNamed(document: unknown): string | undefined {
  if (typeof document !== 'object' || document === null || !('source' in document)) return undefined
  const { source } = document
  if (typeof source !== 'object' || source === null || !('connector' in source)) return undefined
  return typeof source.connector === 'string' ? source.connector : undefined
}
