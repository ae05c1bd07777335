import { and, desc, eq, lte, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import type { Draft } from './pipeline-rows.ts'
import { draftRevisions } from './tables/pipelines.ts'

/** All of the last so many revisions are kept, every tenth of those before, and none beyond the last five hundred. */
const keptWhole = 50
const keptAtAll = 500

/** Keeps what a draft was at a revision, and thins out what nobody will be told about any more. */
export async function keepRevision(
  tx: Tx,
  workspaceId: string,
  kept: {
    readonly pipelineId: string
    readonly revision: number
    readonly document: Draft
    readonly by: string | null
  },
): Promise<void> {
  const { by, ...row } = kept
  await tx.insert(draftRevisions).values({ workspaceId, ...row, savedBy: by })
  await tx
    .delete(draftRevisions)
    .where(
      and(
        eq(draftRevisions.workspaceId, workspaceId),
        eq(draftRevisions.pipelineId, row.pipelineId),
        sql`(${draftRevisions.revision} <= ${row.revision - keptAtAll} or (${draftRevisions.revision} <= ${row.revision - keptWhole} and ${draftRevisions.revision} % 10 <> 0))`,
      ),
    )
}

/** The draft as it was at a revision, or at the nearest one before it that is still kept. */
export async function findRevision(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
  revision: number,
): Promise<Draft | undefined> {
  const [row] = await tx
    .select({ document: draftRevisions.document })
    .from(draftRevisions)
    .where(
      and(
        eq(draftRevisions.workspaceId, workspaceId),
        eq(draftRevisions.pipelineId, pipelineId),
        lte(draftRevisions.revision, revision),
      ),
    )
    .orderBy(desc(draftRevisions.revision))
    .limit(1)
  return row?.document
}
