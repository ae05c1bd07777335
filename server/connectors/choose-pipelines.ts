import type { Connector } from '@penstock/connectors/read-connector.ts'
import { openOwnConnector } from '../connections/open-own-connector.ts'
import { DomainError } from '../domain-error.ts'
import { listConnectorUses } from '../store/connector-use-rows.ts'
import type { ConnectorUse } from '../store/connector-use-rows.ts'
import { findConnectorVersion } from '../store/connector-version-rows.ts'
import type { Tx } from '../store/database.ts'
import { compareConnectors } from './compare-connectors.ts'
import type { ConnectorChange } from './connector-change.ts'

/** A pipeline that reads with a connector, and what another version of it would mean for it. */
export interface PipelineOfConnector {
  readonly id: string
  readonly name: string
  /** The version that its runs read with. Null: it was never published, and is checked with the version in use. */
  readonly version: number | null
  /** Whether something that it uses is among what breaks between its version and the other. */
  readonly breaks: boolean
}

/**
 * The pipelines that read with a connector, by name, each beside `target`. A pipeline whose own version cannot be compared any more counts as not
 * broken: it cannot be run as it is. `head`: the version that those read with which were never published.
 */
export async function listPipelinesBeside(
  tx: Tx,
  workspaceId: string,
  { name, target, head }: { readonly name: string; readonly target?: Connector; readonly head?: number },
): Promise<PipelineOfConnector[]> {
  const uses = await listConnectorUses(tx, workspaceId, name)
  const versions = new Set(uses.flatMap(({ version }) => version ?? head ?? []))
  const changes = new Map<number, readonly ConnectorChange[]>()
  for (const version of target ? versions : [])
    if (target) changes.set(version, await changesSince(tx, workspaceId, { name, version, target }))
  return uses.map((use) => ({
    id: use.pipelineId,
    name: use.name,
    version: use.version,
    breaks: isBroken(use, changes.get(use.version ?? head ?? 0) ?? []),
  }))
}

/** Throws `INVALID` for an id that is none of the published pipelines that read with the connector. */
export function refuseOtherPipelines(
  pipelines: readonly PipelineOfConnector[],
  chosen: readonly string[],
): void {
  const known = new Set(pipelines.filter(({ version }) => version !== null).map(({ id }) => id))
  if (chosen.every((id) => known.has(id))) return
  throw new DomainError(
    'INVALID',
    'Some of these are no published pipelines that read with this connector. Look at the list again.',
  )
}

async function changesSince(
  tx: Tx,
  workspaceId: string,
  { name, version, target }: { readonly name: string; readonly version: number; readonly target: Connector },
): Promise<readonly ConnectorChange[]> {
  const row = await findConnectorVersion(tx, workspaceId, name, version)
  const before = row && (await openOwnConnector(tx, workspaceId, row).catch(() => undefined))
  return before ? compareConnectors(before, target) : []
}

function isBroken({ objects }: ConnectorUse, changes: readonly ConnectorChange[]): boolean {
  return changes.some(({ breaking, object }) => breaking && (object === null || objects.includes(object)))
}
