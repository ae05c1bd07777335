import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import { KeptTokens } from '../connections/kept-tokens.ts'
import { resolveDestination, resolveSource } from '../connections/resolve-connection.ts'
import { destinationTypes } from '../destinations/registry.ts'
import { HttpClient } from '../egress/http-client.ts'
import { chooseObjects } from '../engine/choose-objects.ts'
import type { Destination } from '../engine/destination.ts'
import { executeRun } from '../engine/execute-run.ts'
import type { RunEvent } from '../engine/execute-run.ts'
import { RunFailure } from '../engine/failures.ts'
import { reportNotBegun } from '../engine/write-report.ts'
import type { Environment } from '../env.ts'
import type { ReadSecret } from '../pipelines/missing-secrets.ts'
import { explainError } from './explain-error.ts'
import type { Explanation } from './explain-error.ts'
import { deriveHashKey, loadKeys } from '../secrets/load-key.ts'

/** A validated pipeline, and what a run of it needs to know. */
export interface PipelineRun {
  readonly pipeline: Pipeline
  readonly connector: Connector
  /** What relative paths in the document are counted from. */
  readonly documentFolder: string
  readonly env: Environment
  readonly readSecret: ReadSecret
  readonly only?: readonly string[]
  readonly fullRefresh?: boolean
  readonly onEvent: (event: RunEvent) => void
  /** Hears what kept the run from starting, or ended an object unexpectedly, for whoever debugs it; the report says it to everyone. */
  readonly onTrouble?: (error: unknown) => void
  readonly signal: AbortSignal
}

/** Runs a validated pipeline once. Never rejects: what keeps it from starting is a failed run too, and the report says it. */
export async function runPipeline(run: PipelineRun): Promise<RunReport> {
  const startedAt = new Date()
  const http = new HttpClient({ allowedHosts: run.env.allowedHosts })
  let destination: Destination | undefined
  try {
    const { pipeline, connector, readSecret } = run
    const given = resolveSource(pipeline.source, connector.manifest, readSecret)
    const keys = await loadKeys(join(run.env.dataDir, 'secret.key'), run.env.secretKey)
    const kept = keptTokens(run.env, keys, { connector, connection: given })
    destination = await openDestination(pipeline, run.documentFolder, readSecret)
    return await executeRun({
      ...run,
      connection: await kept.renewed(),
      keepTokens: kept.renew,
      destination,
      http,
      hashKey: workspaceHashKey(keys),
    })
  } catch (error) {
    run.onTrouble?.(error)
    return reportOfNoRun(run, explainError(error), startedAt)
  } finally {
    await destination?.close()
    await http.close()
  }
}

/** The refresh tokens of a document's connection, as every command of this data directory knows them. */
export function keptTokens(
  env: Environment,
  keys: readonly Buffer[],
  given: ConstructorParameters<typeof KeptTokens>[2],
): KeptTokens {
  const vault = async () => new (await import('../secrets/vault.ts')).Vault(keys)
  return new KeptTokens(vault, join(env.dataDir, 'tokens'), given)
}

/** Opens the destination that a validated document names. */
export async function openDestination(
  { destination }: Pipeline,
  documentFolder: string,
  readSecret: ReadSecret,
): Promise<Destination> {
  const type = destinationTypes.get(destination.type)
  if (type === undefined)
    throw new RunFailure('destination_refused', `There is no destination of type ${destination.type}.`)
  return type.open(resolveDestination(destination, documentFolder, readSecret), destination.schema)
}

/** From the oldest key of the ring, so that tokens stay the same when a newer key is put before it to seal secrets. */
function workspaceHashKey(keys: readonly Buffer[]): Buffer {
  const oldest = keys.at(-1)
  if (oldest === undefined) throw new RunFailure('internal', 'The key ring is empty.')
  return deriveHashKey(oldest)
}

/** A run that never began, as its report: every object that was asked for has the same reason. */
function reportOfNoRun(run: PipelineRun, error: Explanation, startedAt: Date): RunReport {
  const status = error.code === 'cancelled' ? 'cancelled' : 'failed'
  const asked = chooseObjects(run.pipeline, run.only)
  return {
    run: randomUUID(),
    status,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    requests: 0,
    retries: 0,
    rateLimitWaitMs: 0,
    error,
    objects: asked.map((object) => reportNotBegun(run.connector, object, { status, error })),
  }
}
