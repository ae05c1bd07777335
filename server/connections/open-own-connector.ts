import { createHash } from 'node:crypto'
import type { Connector } from '@penstock/connectors/read-connector.ts'
import { DomainError } from '../domain-error.ts'
import { findConnectorVersion } from '../store/connector-version-rows.ts'
import type { ConnectorHead } from '../store/connector-version-rows.ts'
import type { Tx } from '../store/database.ts'
import { readDraft } from './read-draft.ts'
import type { ConnectorDraft } from './read-draft.ts'

/** A connector, and of a workspace's own the published version that it is. */
export interface KnownConnector extends Connector {
  /** Absent: it comes with Penstock. */
  readonly version?: number
}

/** Files that were found to be sound, by their digest: whose they are makes no difference, and what has one digest never changes. */
const checked = new Map<string, Promise<Connector>>()
const mostChecked = 100

/** A published version of a workspace's own connector, ready for use. Throws `INVALID` where a newer Penstock finds fault with it. */
export async function openOwnConnector(
  tx: Tx,
  workspaceId: string,
  head: ConnectorHead,
): Promise<KnownConnector> {
  const { connector: name, version, digest } = head
  const opening = checked.get(digest) ?? open(tx, workspaceId, head)
  // The one that was used last goes last.
  checked.delete(digest)
  checked.set(digest, opening)
  const oldest = checked.keys().next()
  if (checked.size > mostChecked && !oldest.done) checked.delete(oldest.value)
  try {
    return { ...(await opening), name, version }
  } catch (error) {
    checked.delete(digest)
    throw error
  }
}

/** The digest of a connector's files, in hex: the same for the same texts, whatever their order. */
export function digestFiles({ manifest, records }: ConnectorDraft): string {
  const sorted = Object.entries(records).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([manifest, sorted]))
    .digest('hex')
}

async function open(
  tx: Tx,
  workspaceId: string,
  { connector: name, version }: ConnectorHead,
): Promise<Connector> {
  const row = await findConnectorVersion(tx, workspaceId, name, version)
  if (!row) throw new DomainError('NOT_FOUND', `There is no version ${version} of the connector ${name}.`)
  const { connector, problems } = await readDraft(row.files)
  const [first] = problems
  if (connector && !first) return connector
  throw new DomainError(
    'INVALID',
    `The connector ${name} is not sound in this version of Penstock: ${first?.message ?? ''} Correct it and publish it again.`,
  )
}
