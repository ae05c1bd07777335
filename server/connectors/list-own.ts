import { readYaml } from '@penstock/connectors/read-yaml.ts'
import type { Actor } from '../actor.ts'
import { digestFiles } from '../connections/open-own-connector.ts'
import { listConnectionCounts, listOwnConnectors } from '../store/connector-rows.ts'
import type { ConnectorFiles, ConnectorRow } from '../store/connector-rows.ts'
import { listPublishedHeads } from '../store/connector-version-rows.ts'
import { requireOwn } from './require-own.ts'

/** A connector of the workspace's own, as a list shows it. */
export interface OwnConnector {
  readonly name: string
  /** As the draft says; the name where it says none. */
  readonly title: string
  readonly revision: number
  readonly draftBy: string | null
  readonly draftAt: string
  /** The version in use. Null: never published. */
  readonly publishedVersion: number | null
  /** Whether the draft differs from the version in use. */
  readonly changed: boolean
  /** How many connections it has. */
  readonly connections: number
}

/** The connectors that the workspace has of its own, drafts and published ones, by name. */
export async function listOwn(actor: Actor): Promise<OwnConnector[]> {
  const { workspaceId } = actor
  return await actor.transaction(async (tx) => {
    const rows = await listOwnConnectors(tx, workspaceId)
    const heads = await listPublishedHeads(tx, workspaceId)
    const counts = await listConnectionCounts(tx, workspaceId)
    return rows.map((row) =>
      describe(row, {
        digest: heads.find(({ connector }) => connector === row.name)?.digest,
        connections: counts.get(row.name) ?? 0,
      }),
    )
  })
}

/** One of them with the files of its draft. Throws `NOT_FOUND`. */
export async function getOwnDraft(
  actor: Actor,
  { name }: { readonly name: string },
): Promise<OwnConnector & { readonly files: ConnectorFiles }> {
  return await actor.transaction(async (tx) => {
    const row = await requireOwn(tx, actor, name)
    const [head] = await listPublishedHeads(tx, actor.workspaceId, name)
    const counts = await listConnectionCounts(tx, actor.workspaceId)
    const known = { digest: head?.digest, connections: counts.get(name) ?? 0 }
    return { ...describe(row, known), files: row.draft }
  })
}

function describe(
  { name, draft, revision, draftBy, draftAt, publishedVersion }: ConnectorRow,
  { digest, connections }: { readonly digest: string | undefined; readonly connections: number },
): OwnConnector {
  return {
    name,
    title: titleOf(draft.manifest) ?? name,
    revision,
    draftBy,
    draftAt: draftAt.toISOString(),
    publishedVersion,
    changed: digest !== digestFiles(draft),
    connections,
  }
}

/** A draft may be anything. */
function titleOf(manifest: string): string | undefined {
  const read = readYaml(manifest)
  if (!('value' in read) || typeof read.value !== 'object' || read.value === null) return undefined
  if (!('title' in read.value) || typeof read.value.title !== 'string') return undefined
  return read.value.title.trim().slice(0, 200) || undefined
}
