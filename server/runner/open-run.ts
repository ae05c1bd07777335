import type { Actor } from '../actor.ts'
import { loadDecisions } from '../changes/load-decisions.ts'
import { loadDestination } from '../connections/load-destination.ts'
import { sharingName } from '../connections/find-budget.ts'
import { loadSource } from '../connections/load-source.ts'
import type { RunInput } from '../engine/execute-run.ts'
import { openHashKey } from '../members/open-hash-key.ts'
import { loadPublished } from '../pipelines/load-published.ts'
import type { RunRow } from '../store/run-rows.ts'

/** The credential that a run reads with, so that what is said about it is said about no newer one. */
export interface UsedCredential {
  readonly connectionId: string
  readonly credentialVersion: string
}

/** All that a run needs of its workspace. Whoever opened it closes the destination. */
export interface OpenedRun {
  readonly input: Pick<
    RunInput,
    | 'connector'
    | 'pipeline'
    | 'connection'
    | 'destination'
    | 'hashKey'
    | 'hashKeyVersion'
    | 'keepTokens'
    | 'decisions'
  >
  readonly source: UsedCredential
  /** Who shares an API budget and an account's locks with it: a name for the connector among all workspaces. */
  readonly sharing: string
  /** What only one process may have open at a time; undefined: the destination takes many. */
  readonly file: string | undefined
}

/** Loads the version that the run was queued with and opens what it names. Throws `DomainError` and `RunFailure`. */
export async function openRun(actor: Actor, run: RunRow): Promise<OpenedRun> {
  const { workspaceId } = actor
  const { pipeline, decisions } = await actor.transaction(async (tx) => {
    const found = await loadPublished(tx, workspaceId, run.pipelineId, run.version)
    return {
      pipeline: found,
      decisions: await loadDecisions(tx, workspaceId, run.pipelineId),
    }
  })
  const source = await loadSource(actor, pipeline.sourceConnectionId, run.connectorVersion)
  const destination = await loadDestination(actor, pipeline.destinationConnectionId)
  return {
    input: {
      connector: source.connector,
      pipeline: pipeline.document,
      connection: source.connection,
      keepTokens: source.keepTokens,
      decisions,
      ...(await openHashKey(actor)),
      destination: await destination.open(pipeline.document.destination.schema),
    },
    source: {
      connectionId: pipeline.sourceConnectionId,
      // The run itself may renew it.
      get credentialVersion() {
        return source.credentialVersion()
      },
    },
    sharing: sharingName(workspaceId, source.connector),
    file: destination.type === 'duckdb' ? `file of ${destination.id}` : undefined,
  }
}
