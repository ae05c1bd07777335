import { sql } from 'drizzle-orm'
import type { Tx } from './database.ts'

/** The runs, waiting or under way, whose version reads from a connection or writes to it. */
export async function listRunsUsing(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select r.id from runs r
    join pipeline_versions v
      on v.workspace_id = r.workspace_id and v.pipeline_id = r.pipeline_id and v.version = r.version
    where r.workspace_id = ${workspaceId} and r.state in ('queued', 'running')
      and ${connectionId} in (v.document #>> '{source,connection}', v.document #>> '{destination,connection}')
    order by r.id`)
  return rows.map(({ id }) => id)
}
