import { eq } from './drizzle.ts'
import type { Tx } from './database.ts'
import { organization } from './tables/auth.ts'
import { workspaceSettings } from './tables/workspaces.ts'

export interface NewWorkspace {
  readonly id: string
  readonly name: string
  /** Sealed for `workspace:<id>:hashKey`. */
  readonly hashKeySealed: string
}

/** Writes a workspace and its settings. */
export async function insertWorkspace(tx: Tx, { id, name, hashKeySealed }: NewWorkspace): Promise<void> {
  await tx.insert(organization).values({ id, name, slug: id, createdAt: new Date() })
  await tx.insert(workspaceSettings).values({ workspaceId: id, hashKeySealed })
}

/** What a workspace is called. */
export async function findWorkspaceName(tx: Tx, workspaceId: string): Promise<string | undefined> {
  const [row] = await tx
    .select({ name: organization.name })
    .from(organization)
    .where(eq(organization.id, workspaceId))
  return row?.name
}

export async function updateWorkspaceName(tx: Tx, workspaceId: string, name: string): Promise<void> {
  await tx.update(organization).set({ name }).where(eq(organization.id, workspaceId))
}

export type WorkspaceSettingsRow = typeof workspaceSettings.$inferSelect

/** A workspace's settings, locked until the transaction ends where `lock` is set. */
export async function findWorkspaceSettings(
  tx: Tx,
  workspaceId: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<WorkspaceSettingsRow | undefined> {
  const query = tx.select().from(workspaceSettings).where(eq(workspaceSettings.workspaceId, workspaceId))
  const [row] = await (lock ? query.for('update') : query)
  return row
}

export async function updateWorkspaceSettings(
  tx: Tx,
  workspaceId: string,
  patch: Partial<
    Pick<WorkspaceSettingsRow, 'allowedRegions' | 'installationProfileAllowed' | 'logDays' | 'runDays'>
  >,
): Promise<void> {
  await tx.update(workspaceSettings).set(patch).where(eq(workspaceSettings.workspaceId, workspaceId))
}
