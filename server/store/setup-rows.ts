import { eq, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { organization } from './tables/auth.ts'
import { installation } from './tables/workspaces.ts'

/** Keeps the digest of a new setup token in place of an older one. */
export async function storeSetupToken(tx: Tx, hash: string): Promise<void> {
  await tx
    .insert(installation)
    .values({ id: 1, setupTokenHash: hash })
    .onConflictDoUpdate({ target: installation.id, set: { setupTokenHash: hash, setupUsedAt: null } })
}

/** The digest of the setup token, and nobody else uses it until the transaction ends. Undefined: none was made, or it was used. */
export async function lockSetupToken(tx: Tx): Promise<string | undefined> {
  const [row] = await tx
    .select({ hash: installation.setupTokenHash })
    .from(installation)
    .where(eq(installation.id, 1))
    .for('update')
  return row?.hash ?? undefined
}

/** The first admin exists: no token works any more. */
export async function closeSetup(tx: Tx): Promise<void> {
  await tx
    .update(installation)
    .set({ setupTokenHash: null, setupUsedAt: sql`now()` })
    .where(eq(installation.id, 1))
}

/** The workspace that was made at setup: its admins run the installation. */
export async function findFirstWorkspace(tx: Tx): Promise<string | undefined> {
  const [row] = await tx
    .select({ id: organization.id })
    .from(organization)
    .orderBy(organization.createdAt, organization.id)
    .limit(1)
  return row?.id
}
