import { and, asc, eq } from './drizzle.ts'
import { byName } from './by-name.ts'
import type { Tx } from './database.ts'
import { alertChannels } from './tables/alerts.ts'

export type ChannelRow = typeof alertChannels.$inferSelect
export type NewChannel = typeof alertChannels.$inferInsert

/** Where a workspace's alerts go, by name. */
export async function listChannels(tx: Tx, workspaceId: string): Promise<readonly ChannelRow[]> {
  return await tx
    .select()
    .from(alertChannels)
    .where(eq(alertChannels.workspaceId, workspaceId))
    .orderBy(byName(alertChannels.name), asc(alertChannels.id))
}

export async function findChannel(tx: Tx, workspaceId: string, id: string): Promise<ChannelRow | undefined> {
  const [row] = await tx.select().from(alertChannels).where(own(workspaceId, id))
  return row
}

export async function insertChannel(tx: Tx, row: NewChannel): Promise<void> {
  await tx.insert(alertChannels).values(row)
}

export async function updateChannel(
  tx: Tx,
  workspaceId: string,
  id: string,
  patch: Partial<Pick<ChannelRow, 'name' | 'kinds' | 'enabled'>>,
): Promise<void> {
  if (Object.keys(patch).length > 0) await tx.update(alertChannels).set(patch).where(own(workspaceId, id))
}

/** Removes a channel and what is on its way to it. */
export async function deleteChannel(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.delete(alertChannels).where(own(workspaceId, id))
}

function own(workspaceId: string, id: string) {
  return and(eq(alertChannels.workspaceId, workspaceId), eq(alertChannels.id, id))
}
