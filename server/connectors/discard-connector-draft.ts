import type { Actor } from '../actor.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { deleteConnector } from '../store/connector-rows.ts'
import { findConnectorVersion } from '../store/connector-version-rows.ts'
import { connectorSubject, refuseStaleDraft, requireOwn } from './require-own.ts'
import { keepConnectorDraft } from './save-connector.ts'

/**
 * Goes back to the files of the version in use. One that was never published is nothing but its draft, and is gone (`revision` is null then).
 * Throws `NOT_FOUND`, and `CONFLICT` where the draft is newer than `revision`.
 */
export async function discardConnectorDraft(
  actor: Actor,
  { name, revision }: { readonly name: string; readonly revision: number },
): Promise<{ readonly revision: number | null }> {
  const { workspaceId } = actor
  return await actor.transaction(async (tx) => {
    const row = await requireOwn(tx, actor, name, 'lock')
    refuseStaleDraft(row, revision)
    const published =
      row.publishedVersion === null
        ? undefined
        : await findConnectorVersion(tx, workspaceId, name, row.publishedVersion)
    if (published) await keepConnectorDraft(tx, actor, { name, revision, draft: published.files })
    else await deleteConnector(tx, workspaceId, name)
    await recordAudit(tx, actor, {
      action: 'connector.discardDraft',
      subject: connectorSubject(name),
      before: { revision },
      after: { version: row.publishedVersion },
    })
    return { revision: published ? revision + 1 : null }
  })
}
