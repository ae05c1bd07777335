import { and, eq, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { connections } from './tables/connections.ts'
import { pipelineVersions } from './tables/pipelines.ts'
import { runs } from './tables/runs.ts'

/** What the document that a run ran says of its ends, and its destination's connection as it is now. */
export interface RunPlaceRow {
  readonly connector: string
  readonly type: string
  readonly schema: string
  /** Null: the connection is gone. */
  readonly name: string | null
  readonly account: Readonly<Record<string, string>> | null
}

const { document } = pipelineVersions

/** Undefined: there is no such run, or its document is gone. */
export async function findRunPlace(
  tx: Tx,
  workspaceId: string,
  runId: string,
): Promise<RunPlaceRow | undefined> {
  const [row] = await tx
    .select({
      connector: sql<string>`${document}#>>'{source,connector}'`,
      type: sql<string>`${document}#>>'{destination,type}'`,
      schema: sql<string>`${document}#>>'{destination,schema}'`,
      name: connections.name,
      account: connections.account,
    })
    .from(runs)
    .innerJoin(
      pipelineVersions,
      and(
        eq(pipelineVersions.workspaceId, runs.workspaceId),
        eq(pipelineVersions.pipelineId, runs.pipelineId),
        eq(pipelineVersions.version, runs.version),
      ),
    )
    .leftJoin(
      connections,
      and(
        eq(connections.workspaceId, runs.workspaceId),
        eq(sql`${connections.id}::text`, sql`${document}#>>'{destination,connection}'`),
      ),
    )
    .where(and(eq(runs.workspaceId, workspaceId), eq(runs.id, runId)))
  return row
}
