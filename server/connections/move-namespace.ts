import { createHash } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { freeName } from '../destinations/free-name.ts'
import { writeDraft } from '../pipelines/save-draft.ts'
import { auditSubject, lockPipeline } from '../pipelines/require-pipeline.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { listSourceUses } from '../store/connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { updatePipeline } from '../store/pipeline-rows.ts'
import type { PipelineRow } from '../store/pipeline-rows.ts'
import { findSchemaOf, insertVersion, lastVersion } from '../store/pipeline-version-rows.ts'

/**
 * Lets the pipelines of a source write to a schema of their own for another account, in their drafts and in what runs: each published one
 * gets a new version that differs in the schema only. What the old account landed stays where it is. An account that a pipeline wrote for
 * before goes on in the schema where its tables are.
 */
export async function moveToFreshNamespace(
  tx: Tx,
  actor: Actor,
  source: { readonly id: string; readonly accountId: string | null },
  accountId: string,
): Promise<void> {
  for (const id of await listSourceUses(tx, actor.workspaceId, source.id)) {
    const pipeline = await lockPipeline(tx, actor, id)
    const now = pipeline.published?.destination.schema ?? draftSchema(pipeline)
    const known = await findSchemaOf(tx, actor.workspaceId, { pipelineId: id, accountId })
    const schema = known ?? freshName(now, { from: source.accountId, to: accountId })
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

/** `intercom` → `intercom_abc123` → `intercom_def456`: the name of the account before goes. Two accounts never get one name. */
export function freshName(
  schema: string,
  { from, to }: { readonly from: string | null; readonly to: string },
): string {
  const old = from === null ? '' : tailOf(from)
  const bare = old !== '' && schema.endsWith(old) && schema !== old ? schema.slice(0, -old.length) : schema
  return freeName(`${bare}${tailOf(to)}`, [])
}

/** What makes a schema an account's; where letters of its id cannot stand there, with a digest that tells it from others. */
function tailOf(accountId: string): string {
  const plain = accountId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 24)
  if (plain === accountId) return `_${plain}`
  return `_${plain}_${createHash('sha256').update(accountId).digest('hex').slice(0, 8)}`
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
