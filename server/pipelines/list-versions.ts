import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findVersion, listVersions } from '../store/pipeline-version-rows.ts'
import type { VersionRow } from '../store/pipeline-version-rows.ts'
import type { Tx } from '../store/database.ts'
import { diffDocuments } from './diff-documents.ts'
import type { Change } from './diff-documents.ts'
import { nameConnections } from './name-connections.ts'
import { requirePipeline } from './require-pipeline.ts'

/** A published version, with what it changed. */
export interface PublishedVersion {
  readonly version: number
  readonly note: string | null
  readonly publishedBy: string | null
  readonly publishedAt: string
  /** Beside the version before it. */
  readonly changes: readonly Change[]
}

/** A page of a pipeline's versions, newest first. `cursor` is the number of the last one seen. */
export async function listPipelineVersions(
  actor: Actor,
  input: { readonly id: string; readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly items: PublishedVersion[]; readonly nextCursor: string | null }> {
  const { id, limit, cursor } = input
  return await actor.transaction(async (tx) => {
    await requirePipeline(tx, actor, id)
    const nameOf = await nameConnections(tx, actor)
    const before = cursor === undefined ? undefined : Number(cursor)
    const rows = await listVersions(tx, actor.workspaceId, id, { before, limit: limit + 1 })
    const items = rows.slice(0, limit).map((row, place) => ({
      ...describeVersion(row),
      changes: diffDocuments(rows[place + 1]?.document ?? null, row.document, nameOf),
    }))
    return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.version) : null }
  })
}

/** One published version with its document. Throws `NOT_FOUND`. */
export async function getVersion(
  actor: Actor,
  { id, version }: { readonly id: string; readonly version: number },
) {
  return await actor.transaction(async (tx) => {
    await requirePipeline(tx, actor, id)
    const row = await requireVersion(tx, actor, id, version)
    return { ...describeVersion(row), document: row.document, layout: row.layout }
  })
}

/** Which document of a pipeline: a published version's, or the draft. */
export type WhichDocument = number | 'draft'

/** What is different in `to` beside `from`. Throws `NOT_FOUND`. */
export async function diffPipeline(
  actor: Actor,
  { id, from, to }: { readonly id: string; readonly from: WhichDocument; readonly to: WhichDocument },
): Promise<{ readonly changes: readonly Change[] }> {
  return await actor.transaction(async (tx) => {
    const { draft } = await requirePipeline(tx, actor, id)
    const documentOf = async (which: WhichDocument) =>
      which === 'draft' ? draft : (await requireVersion(tx, actor, id, which)).document
    const nameOf = await nameConnections(tx, actor)
    return { changes: diffDocuments(await documentOf(from), await documentOf(to), nameOf) }
  })
}

/** A published version, or `NOT_FOUND`. */
export async function requireVersion(tx: Tx, actor: Actor, id: string, version: number): Promise<VersionRow> {
  const row = await findVersion(tx, actor.workspaceId, id, version)
  if (!row) throw new DomainError('NOT_FOUND', `The pipeline has no version ${version}.`)
  return row
}

function describeVersion({ version, note, publishedBy, publishedAt }: VersionRow) {
  return { version, note, publishedBy, publishedAt: publishedAt.toISOString() }
}
