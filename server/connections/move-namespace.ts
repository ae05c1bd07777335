import type { Actor } from '../actor.ts'
import { writeDraft } from '../pipelines/save-draft.ts'
import { auditSubject, lockPipeline } from '../pipelines/require-pipeline.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { listSourceUses } from '../store/connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { updatePipeline } from '../store/pipeline-rows.ts'
import type { PipelineRow } from '../store/pipeline-rows.ts'
import { insertVersion, lastVersion } from '../store/pipeline-version-rows.ts'

/** The longest name that every destination takes. */
const longest = 63

/**
 * Lets the pipelines of a source write to a schema of their own for another account, in their drafts and in what runs: each published one
 * gets a new version that differs in the schema only. What the old account landed stays where it is.
 */
export async function moveToFreshNamespace(
  tx: Tx,
  actor: Actor,
  sourceId: string,
  accountId: string,
): Promise<void> {
  for (const id of await listSourceUses(tx, actor.workspaceId, sourceId)) {
    const pipeline = await lockPipeline(tx, actor, id)
    const schema = freshName(pipeline.published?.destination.schema ?? draftSchema(pipeline), accountId)
    const { destination } = pipeline.draft
    if (destination)
      await writeDraft(tx, actor, pipeline, {
        document: { ...pipeline.draft, destination: { ...destination, schema } },
      })
    const version = await publishWith(tx, actor, pipeline, schema)
    await recordAudit(tx, actor, {
      action: 'pipeline.moveNamespace',
      subject: auditSubject(pipeline),
      before: { schema: draftSchema(pipeline) },
      after: { schema, version },
    })
  }
}

/** `intercom` → `intercom_abc123`: the same account always gets the same name, so that its tables are found again. */
export function freshName(schema: string, accountId: string): string {
  const tail = accountId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 24)
  return `${schema.slice(0, longest - tail.length - 1)}_${tail}`
}

async function publishWith(
  tx: Tx,
  actor: Actor,
  { id, published, layout }: PipelineRow,
  schema: string,
): Promise<number | null> {
  if (!published) return null
  const version = (await lastVersion(tx, actor.workspaceId, id)) + 1
  await insertVersion(tx, actor.workspaceId, {
    pipelineId: id,
    version,
    document: { ...published, destination: { ...published.destination, schema } },
    layout,
    note: 'Another account was connected: its data goes to a schema of its own.',
    publishedBy: actor.userId,
  })
  await updatePipeline(tx, actor.workspaceId, id, { publishedVersion: version })
  return version
}

function draftSchema({ draft }: PipelineRow): string {
  const schema = draft.destination?.schema
  return typeof schema === 'string' && schema !== '' ? schema : 'data'
}
