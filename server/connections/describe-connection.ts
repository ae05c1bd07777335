import type { Actor } from '../actor.ts'
import { destinationTypes } from '../destinations/registry.ts'
import { openManifests } from './open-manifests.ts'
import type { Manifests } from './open-manifests.ts'
import { atOnce } from '../store/at-once.ts'
import { listConnectionUses } from '../store/connection-rows.ts'
import type { ConnectionRow, ConnectionUse } from '../store/connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { listProfiles } from '../store/oauth-rows.ts'
import type { ProfileRow } from '../store/oauth-rows.ts'
import { readCheckResult } from './check-result.ts'
import type { CheckResult } from './check-result.ts'

/** A connection as the API tells it: which secrets there are, never what they are. */
export interface ConnectionDescription {
  readonly id: string
  readonly kind: 'source' | 'destination'
  readonly connector: string
  readonly connectorTitle: string
  readonly name: string
  readonly projectId: string | null
  readonly region: string | null
  readonly regionTitle: string | null
  readonly settings: Record<string, string>
  readonly secretsSet: string[]
  readonly method: 'oauth' | 'settings'
  /** Null with OAuth: the installation's own profile. */
  readonly oauthProfile: { readonly id: string; readonly name: string } | null
  readonly grantedScopes: string[] | null
  readonly account: Record<string, string> | null
  readonly state: ConnectionRow['state']
  readonly stateReason: string | null
  readonly checkedAt: string | null
  readonly check: CheckResult | null
  readonly usedBy: { readonly pipelineId: string; readonly name: string }[]
  readonly createdAt: string
}

/** Rows as the API tells them, with what stands beside them in the workspace, for which is asked together with them. */
export async function describeConnections(
  tx: Tx,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  asked: Promise<readonly ConnectionRow[]>,
): Promise<ConnectionDescription[]> {
  const [rows, uses, profiles, manifests] = await atOnce([
    asked,
    listConnectionUses(tx, workspaceId),
    listProfiles(tx, workspaceId),
    openManifests(tx, workspaceId),
  ])
  return await Promise.all(rows.map((row) => describe(row, { uses, profiles, manifests })))
}

/** One of them. */
export async function describeConnection(
  tx: Tx,
  actor: Pick<Actor, 'workspaceId'>,
  row: ConnectionRow,
): Promise<ConnectionDescription> {
  const [described] = await describeConnections(tx, actor, Promise.resolve([row]))
  if (!described) throw new Error('One row makes one description.')
  return described
}

async function describe(
  row: ConnectionRow,
  {
    uses,
    profiles,
    manifests,
  }: {
    readonly uses: readonly ConnectionUse[]
    readonly profiles: readonly ProfileRow[]
    readonly manifests: Manifests
  },
): Promise<ConnectionDescription> {
  const titles = await titlesOf(row, manifests)
  const profile = profiles.find(({ id }) => id === row.oauthProfileId)
  return {
    id: row.id,
    kind: row.kind,
    connector: row.connector,
    connectorTitle: titles.connector,
    name: row.name,
    projectId: row.projectId,
    region: row.region,
    regionTitle: titles.region,
    settings: row.settings,
    secretsSet: Object.keys(row.secrets),
    method: row.method,
    oauthProfile: profile ? { id: profile.id, name: profile.name } : null,
    grantedScopes: row.grantedScopes === null ? null : [...row.grantedScopes],
    account: row.account,
    state: row.state,
    stateReason: row.stateReason,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    check: readCheckResult(row.checkResult),
    usedBy: uses
      .filter(({ connectionId }) => connectionId === row.id)
      .map(({ pipelineId, name }) => ({ pipelineId, name })),
    createdAt: row.createdAt.toISOString(),
  }
}

/** A connector that an upgrade took away leaves its name. */
async function titlesOf(
  { kind, connector, region }: ConnectionRow,
  manifests: Manifests,
): Promise<{
  readonly connector: string
  readonly region: string | null
}> {
  if (kind === 'destination')
    return { connector: destinationTypes.get(connector)?.title ?? connector, region: null }
  const found = await manifests.find(connector).catch(() => undefined)
  if (!found) return { connector, region }
  const { title, api } = found.manifest
  return { connector: title, region: region === null ? null : (api.regions[region]?.title ?? region) }
}
