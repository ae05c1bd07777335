import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { findWorkspaceSettings, updateWorkspaceSettings } from '../store/workspace-rows.ts'

/** What admins decided for the workspace. */
export interface WorkspaceSettings {
  /** Regions that connections may use, by connector; a connector that is not named is not restricted. */
  readonly allowedRegions: Record<string, string[]>
  /** Whether connections may use the installation's own OAuth profile, or only those that were registered here. */
  readonly installationProfileAllowed: boolean
}

/** The workspace's settings. */
export async function readSettings(actor: Actor): Promise<WorkspaceSettings> {
  const row = await actor.transaction((tx) => findWorkspaceSettings(tx, actor.workspaceId))
  if (!row) throw new DomainError('NOT_FOUND', 'This workspace has no settings.')
  const regions = Object.entries(row.allowedRegions).map(([connector, names]) => [connector, [...names]])
  return {
    allowedRegions: Object.fromEntries(regions),
    installationProfileAllowed: row.installationProfileAllowed,
  }
}

/** Changes what is named. Connections that exist stay as they are: a restriction holds from the next connecting on. */
export async function updateSettings(
  actor: Actor,
  input: {
    readonly allowedRegions?: Readonly<Record<string, readonly string[]>> | null | undefined
    readonly installationProfileAllowed?: boolean | undefined
  },
): Promise<void> {
  await actor.transaction(async (tx) => {
    const row = await findWorkspaceSettings(tx, actor.workspaceId, { lock: true })
    if (!row) throw new DomainError('NOT_FOUND', 'This workspace has no settings.')
    const { allowedRegions, installationProfileAllowed } = row
    const after = {
      allowedRegions: input.allowedRegions === null ? {} : (input.allowedRegions ?? allowedRegions),
      installationProfileAllowed: input.installationProfileAllowed ?? installationProfileAllowed,
    }
    await updateWorkspaceSettings(tx, actor.workspaceId, after)
    await recordAudit(tx, actor, {
      action: 'settings.update',
      subject: { type: 'workspace', id: actor.workspaceId },
      before: { allowedRegions, installationProfileAllowed },
      after,
    })
  })
}
