import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { findWorkspaceName, findWorkspaceSettings, updateWorkspaceSettings } from '../store/workspace-rows.ts'

/** What admins decided for the workspace. */
export interface WorkspaceSettings {
  /** Regions that connections may use, by connector; a connector that is not named is not restricted. */
  readonly allowedRegions: Record<string, string[]>
  /** Whether connections may use the installation's own OAuth profile, or only those that were registered here. */
  readonly installationProfileAllowed: boolean
  readonly retention: Retention
}

/** How long runs are kept, counted from their end. The audit log is kept for ever. */
export interface Retention {
  /** Days that a run's log is kept. */
  readonly logDays: number
  /** Days that a run itself and its counts are kept; null: for ever. */
  readonly runDays: number | null
}

/** What is never forgotten sooner, in days: whoever comes back from a holiday still sees what happened. */
export const leastDays = { log: 7, run: 90 } as const
/** Ten years. */
export const mostDays = 3650

/** The workspace's settings. */
export async function readSettings(actor: Actor): Promise<WorkspaceSettings> {
  const row = await actor.transaction((tx) => findWorkspaceSettings(tx, actor.workspaceId))
  if (!row) throw new DomainError('NOT_FOUND', 'This workspace has no settings.')
  const regions = Object.entries(row.allowedRegions).map(([connector, names]) => [connector, [...names]])
  return {
    allowedRegions: Object.fromEntries(regions),
    installationProfileAllowed: row.installationProfileAllowed,
    retention: { logDays: row.logDays, runDays: row.runDays },
  }
}

/**
 * Changes what is named. Connections that exist stay as they are: a restriction holds from the next connecting on. Runs that are older than
 * they are kept go within the hour. Throws `INVALID` where a log is to be kept for longer than its run.
 */
export async function updateSettings(
  actor: Actor,
  input: {
    readonly allowedRegions?: Readonly<Record<string, readonly string[]>> | null | undefined
    readonly installationProfileAllowed?: boolean | undefined
    readonly retention?: Retention | undefined
  },
): Promise<void> {
  await actor.transaction(async (tx) => {
    const row = await findWorkspaceSettings(tx, actor.workspaceId, { lock: true })
    if (!row) throw new DomainError('NOT_FOUND', 'This workspace has no settings.')
    const { allowedRegions, installationProfileAllowed, logDays, runDays } = row
    const retention = input.retention ?? { logDays, runDays }
    if (retention.runDays !== null && retention.runDays < retention.logDays)
      throw new DomainError('INVALID', 'A log cannot be kept for longer than its run.')
    const after = {
      allowedRegions: input.allowedRegions === null ? {} : (input.allowedRegions ?? allowedRegions),
      installationProfileAllowed: input.installationProfileAllowed ?? installationProfileAllowed,
      ...retention,
    }
    await updateWorkspaceSettings(tx, actor.workspaceId, after)
    await recordAudit(tx, actor, {
      action: 'settings.update',
      subject: {
        type: 'workspace',
        id: actor.workspaceId,
        name: await findWorkspaceName(tx, actor.workspaceId),
      },
      before: { allowedRegions, installationProfileAllowed, logDays, runDays },
      after,
    })
  })
}
