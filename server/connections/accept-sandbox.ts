import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { createPipelineInside } from '../pipelines/create-pipeline.ts'
import { publishInside } from '../pipelines/publish-pipeline.ts'
import { sensitivePaths } from '../pipelines/sensitive-paths.ts'
import { startRunInside } from '../runs/start-run.ts'
import { findPipelineBetween, listConnections } from '../store/connection-rows.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'
import { findActiveRun, listRunRows } from '../store/run-rows.ts'
import type { Tx } from '../store/database.ts'
import { createDestination } from './create-destination.ts'
import { createSource } from './create-source.ts'
import { findInstalled } from './find-manifest.ts'
import { isSandbox } from './find-profile.ts'
import { describeObjects } from './describe-connector.ts'

/** Where a newcomer stands. Null: not made yet. */
export interface SandboxOffer {
  readonly available: boolean
  readonly connectionId: string | null
  readonly destinationId: string | null
  readonly pipelineId: string | null
}

const connector = 'intercom'
const file = 'sandbox.duckdb'
const pipelineName = 'Support warehouse'

/** What of the sandbox's pipeline is there already. */
export async function describeSandboxOffer(actor: Actor): Promise<SandboxOffer> {
  return await actor.transaction(async (tx) => {
    const { source, destination } = await findParts(tx, actor)
    const pipelineId = await findPipeline(tx, actor, source, destination)
    return {
      available: actor.services.env.sandboxUrl !== undefined,
      connectionId: source?.id ?? null,
      destinationId: destination?.id ?? null,
      pipelineId: pipelineId ?? null,
    }
  })
}

/** What was made, and the run that fills it. */
export interface AcceptedSandbox {
  readonly connectionId: string
  readonly destinationId: string
  readonly pipelineId: string
  readonly runId: string
}

/**
 * Makes a pipeline that works, for someone without an Intercom account: the sandbox's connection, a local DuckDB file, what is recommended
 * with personal data hashed, published, and its first run started. What is there already is taken as it is, so that asking twice makes
 * nothing twice. Throws `NOT_FOUND` where the installation serves no sandbox.
 */
export async function acceptSandbox(actor: Actor): Promise<AcceptedSandbox> {
  const { sandboxUrl } = actor.services.env
  if (sandboxUrl === undefined) throw new DomainError('NOT_FOUND', 'This installation serves no sandbox.')
  const connectionId = await ensure(actor, 'source', 'Sandbox Intercom', (name) =>
    // The token that every sandbox knows from its start: server/sandbox/sandbox-options.ts.
    createSource(actor, {
      connector,
      name,
      apiBaseUrl: sandboxUrl,
      settings: { accessToken: 'sandbox-token' },
    }),
  )
  const destinationId = await ensure(actor, 'destination', 'Local warehouse', (name) =>
    createDestination(actor, { type: 'duckdb', name, settings: { path: file } }),
  )
  const document = await drawPipeline(connectionId, destinationId)
  return await actor.transaction(async (tx) => {
    const { source, destination } = await findParts(tx, actor, 'lock')
    const found = await findPipeline(tx, actor, source, destination)
    const pipelineId = found ?? (await publishNew(tx, actor, document))
    const runId = await firstRun(tx, actor, pipelineId)
    return { connectionId, destinationId, pipelineId, runId }
  })
}

interface Parts {
  readonly source: ConnectionRow | undefined
  readonly destination: ConnectionRow | undefined
}

async function findParts(tx: Tx, actor: Actor, lock: 'lock' | 'look' = 'look'): Promise<Parts> {
  const all = await listConnections(tx, actor.workspaceId, lock === 'lock' ? { lock: true } : {})
  const rows = all.filter(({ state }) => state !== 'disconnected' && state !== 'wiping')
  return {
    source: rows.find((row) => row.connector === connector && isSandbox(actor, row.settings['apiBaseUrl'])),
    destination: rows.find((row) => row.connector === 'duckdb' && row.settings['path'] === file),
  }
}

/** The id of what is there, else of what `make` makes. Where two ask at once, the second finds the first one's. */
async function ensure(
  actor: Actor,
  part: keyof Parts,
  name: string,
  make: (freeName: string) => Promise<{ readonly id: string }>,
): Promise<string> {
  for (let number = 1; number < 10; number += 1) {
    const found = await actor.transaction((tx) => findParts(tx, actor))
    const row = found[part]
    if (row) return row.id
    try {
      return (await make(number === 1 ? name : `${name} ${number}`)).id
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'CONFLICT') throw error
    }
  }
  throw new DomainError('CONFLICT', `Too many connections are named “${name}”. Rename one of them.`)
}

async function findPipeline(
  tx: Tx,
  { workspaceId }: Actor,
  source: ConnectionRow | undefined,
  destination: ConnectionRow | undefined,
): Promise<string | undefined> {
  if (!source || !destination) return undefined
  return await findPipelineBetween(tx, workspaceId, source.id, destination.id)
}

/** What the manifest recommends, with everything hashed that it marks as personal. */
async function drawPipeline(sourceId: string, destinationId: string): Promise<Record<string, unknown>> {
  const found = await findInstalled(connector)
  const recommended = describeObjects(found).filter((one) => one.recommended)
  const objects = recommended.map(({ object }) => {
    const schema = found.records.get(object)
    const paths = schema ? sensitivePaths(schema) : []
    const fields = Object.fromEntries(paths.map(({ path }) => [path, 'hash']))
    return [object, paths.length > 0 ? { fields } : {}]
  })
  return {
    source: { connector, connection: sourceId },
    objects: Object.fromEntries(objects),
    schemaChanges: 'auto_sync',
    newFields: 'hash_sensitive',
    schedule: { every: '1h' },
    destination: { type: 'duckdb', connection: destinationId, schema: connector },
  }
}

async function publishNew(tx: Tx, actor: Actor, document: Record<string, unknown>): Promise<string> {
  const { id } = await createPipelineInside(tx, actor, { name: pipelineName, document }, 'pipeline.create')
  await publishInside(tx, actor, { id, revision: 1, note: 'The sandbox’s pipeline.' })
  return id
}

/** The run that is under way, else the last one, else a new one. */
async function firstRun(tx: Tx, actor: Actor, pipelineId: string): Promise<string> {
  const active = await findActiveRun(tx, actor.workspaceId, pipelineId)
  if (active) return active.id
  const [last] = await listRunRows(tx, actor.workspaceId, { pipelineId, limit: 1 })
  return last ? last.id : (await startRunInside(tx, actor, { pipelineId })).runId
}
