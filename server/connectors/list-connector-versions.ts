import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import type { ConnectorFiles } from '../store/connector-rows.ts'
import { listConnectorUses } from '../store/connector-use-rows.ts'
import type { ConnectorUse } from '../store/connector-use-rows.ts'
import { findConnectorVersion, listConnectorVersions } from '../store/connector-version-rows.ts'
import type { ConnectorVersionRow } from '../store/connector-version-rows.ts'
import { requireOwn } from './require-own.ts'

/** A published version of a connector. */
export interface ConnectorVersion {
  readonly version: number
  readonly note: string | null
  readonly publishedBy: string | null
  readonly publishedAt: string
  /** The pipelines whose runs read with it. */
  readonly pipelines: { readonly id: string; readonly name: string }[]
}

const mostListed = 200

/** The last two hundred published versions, newest first. Throws `NOT_FOUND`. */
export async function listVersionsOf(
  actor: Actor,
  { name }: { readonly name: string },
): Promise<ConnectorVersion[]> {
  return await actor.transaction(async (tx) => {
    await requireOwn(tx, actor, name)
    const rows = await listConnectorVersions(tx, actor.workspaceId, name, mostListed)
    const uses = await listConnectorUses(tx, actor.workspaceId, name)
    return rows.map((row) => describe(row, uses))
  })
}

/** One published version with its files. Throws `NOT_FOUND`. */
export async function getVersionOf(
  actor: Actor,
  { name, version }: { readonly name: string; readonly version: number },
): Promise<ConnectorVersion & { readonly files: ConnectorFiles }> {
  return await actor.transaction(async (tx) => {
    await requireOwn(tx, actor, name)
    const row = await findConnectorVersion(tx, actor.workspaceId, name, version)
    if (!row) throw new DomainError('NOT_FOUND', `The connector has no version ${version}.`)
    const uses = await listConnectorUses(tx, actor.workspaceId, name)
    return { ...describe(row, uses), files: row.files }
  })
}

function describe(row: ConnectorVersionRow, uses: readonly ConnectorUse[]): ConnectorVersion {
  const { version, note, publishedBy, publishedAt } = row
  return {
    version,
    note,
    publishedBy,
    publishedAt: publishedAt.toISOString(),
    pipelines: uses
      .filter((use) => use.version === version)
      .map((use) => ({ id: use.pipelineId, name: use.name })),
  }
}
