import type { Actor } from '../actor.ts'
import { openManifests } from '../connections/open-manifests.ts'
import type { Manifests } from '../connections/open-manifests.ts'
import { atOnce } from '../store/at-once.ts'
import { listAddedFields } from '../store/change-rows.ts'
import type { DiscoveredField } from '../store/change-rows.ts'
import type { Tx } from '../store/database.ts'
import { listKnownConnections } from '../store/known-connection-rows.ts'
import { listWriters } from '../store/pipeline-source-rows.ts'
import type { Writer } from '../store/pipeline-source-rows.ts'
import { fieldsByObject } from './fields-by-object.ts'
import { judgeDocument } from './judge-document.ts'
import type { Judgement } from './judge-document.ts'
import type { KnownConnections } from './known-connection.ts'
import { knownConnector } from './known-connector.ts'
import { soundParts } from './sound-parts.ts'

/** What a document is judged against, whatever it says. */
export interface Workspace {
  readonly connections: KnownConnections
  readonly manifests: Manifests
  /** What runs of the pipeline discovered. */
  readonly added: readonly DiscoveredField[]
}

/** Which document: of which pipeline, where that is known, and, with `connectorVersion`, as a published one that reads with that version. */
export interface Judged {
  readonly document: unknown
  readonly pipelineId: string | undefined
  readonly connectorVersion?: number | null | undefined
}

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
  const workspace = await lookAround(tx, actor, pipelineId)
  return await judgeIn(tx, actor, workspace, { document, pipelineId, connectorVersion })
}

/** Asks for what a document is judged against, at once. */
export async function lookAround(
  tx: Tx,
  { workspaceId }: Actor,
  pipelineId: string | undefined,
): Promise<Workspace> {
  const [connections, manifests, added] = await atOnce([
    listKnownConnections(tx, workspaceId),
    openManifests(tx, workspaceId),
    pipelineId === undefined ? Promise.resolve([]) : listAddedFields(tx, workspaceId, pipelineId),
  ])
  return { connections, manifests, added }
}

/** As `judgeInWorkspace`, for who has looked around. */
export async function judgeIn(
  tx: Tx,
  { workspaceId, services }: Actor,
  { connections, manifests, added }: Workspace,
  { document, pipelineId, connectorVersion }: Judged,
): Promise<Judgement> {
  const named = connectorNamed(document)
  const [writers, found] = await atOnce([
    writersBeside(tx, workspaceId, document, pipelineId),
    named === undefined ? Promise.resolve(undefined) : knownConnector(manifests, named, connectorVersion),
  ])
  return judgeDocument(document, {
    found,
    connections,
    discovered: fieldsByObject(added),
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
