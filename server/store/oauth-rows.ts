import { and, asc, eq, gt, lt, sql } from './drizzle.ts'
import { byName } from './by-name.ts'
import type { Tx } from './database.ts'
import { connections, oauthAttempts, oauthProfiles } from './tables/connections.ts'
import { workspaceSettings } from './tables/workspaces.ts'

export type ProfileRow = typeof oauthProfiles.$inferSelect
export type AttemptRow = typeof oauthAttempts.$inferSelect

/** The OAuth apps that admins registered, by connector and name. */
export async function listProfiles(tx: Tx, workspaceId: string): Promise<readonly ProfileRow[]> {
  return await tx
    .select()
    .from(oauthProfiles)
    .where(eq(oauthProfiles.workspaceId, workspaceId))
    .orderBy(asc(oauthProfiles.connector), byName(oauthProfiles.name))
}

export async function findProfile(tx: Tx, workspaceId: string, id: string): Promise<ProfileRow | undefined> {
  const [row] = await tx.select().from(oauthProfiles).where(ownProfile(workspaceId, id))
  return row
}

export async function insertProfile(tx: Tx, row: typeof oauthProfiles.$inferInsert): Promise<ProfileRow> {
  const [inserted] = await tx.insert(oauthProfiles).values(row).returning()
  if (!inserted) throw new Error('The database did not give back what it inserted.')
  return inserted
}

export async function updateProfile(
  tx: Tx,
  workspaceId: string,
  id: string,
  patch: Partial<Pick<ProfileRow, 'name' | 'clientId' | 'clientSecretSealed'>>,
): Promise<ProfileRow | undefined> {
  const [row] = await tx.update(oauthProfiles).set(patch).where(ownProfile(workspaceId, id)).returning()
  return row
}

export async function deleteProfile(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.delete(oauthProfiles).where(ownProfile(workspaceId, id))
}

/** Connections that were made with a profile: id and name. */
export async function listProfileUses(
  tx: Tx,
  workspaceId: string,
  profileId: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return await tx
    .select({ id: connections.id, name: connections.name })
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.oauthProfileId, profileId)))
    .orderBy(byName(connections.name))
}

/** What an admin restricts: regions by connector, and the installation's own OAuth profile. */
export async function findRestrictions(
  tx: Tx,
  workspaceId: string,
): Promise<{
  readonly allowedRegions: Readonly<Record<string, readonly string[]>>
  readonly installationProfileAllowed: boolean
}> {
  const [row] = await tx
    .select({
      allowedRegions: workspaceSettings.allowedRegions,
      installationProfileAllowed: workspaceSettings.installationProfileAllowed,
    })
    .from(workspaceSettings)
    .where(eq(workspaceSettings.workspaceId, workspaceId))
  if (!row) return { allowedRegions: {}, installationProfileAllowed: true }
  // Looked up by the names of connectors, and one may be called as everything is that an object inherits.
  return { ...row, allowedRegions: Object.assign(Object.create(null), row.allowedRegions) }
}

export async function insertAttempt(tx: Tx, row: typeof oauthAttempts.$inferInsert): Promise<void> {
  await tx.insert(oauthAttempts).values(row)
}

/** How many attempts of a session are still open. */
export async function countOpenAttempts(tx: Tx, workspaceId: string, sessionId: string): Promise<number> {
  return await tx.$count(
    oauthAttempts,
    and(
      eq(oauthAttempts.workspaceId, workspaceId),
      eq(oauthAttempts.sessionId, sessionId),
      eq(oauthAttempts.state, 'pending'),
      gt(oauthAttempts.expiresAt, sql`now()`),
    ),
  )
}

export async function findAttempt(tx: Tx, workspaceId: string, id: string): Promise<AttemptRow | undefined> {
  const [row] = await tx.select().from(oauthAttempts).where(ownAttempt(workspaceId, id))
  return row
}

/** The attempt of a state, in whatever workspace: the callback knows no more than the state. */
export async function findAttemptByState(tx: Tx, stateHash: string): Promise<AttemptRow | undefined> {
  const [row] = await tx.select().from(oauthAttempts).where(eq(oauthAttempts.stateHash, stateHash))
  return row
}

/** Takes an attempt that nobody took before, once for all. False: somebody did. */
export async function takeAttempt(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const rows = await tx
    .update(oauthAttempts)
    .set({ state: 'used' })
    .where(and(ownAttempt(workspaceId, id), eq(oauthAttempts.state, 'pending')))
    .returning({ id: oauthAttempts.id })
  return rows.length > 0
}

/** Writes how an attempt stands; `draft` replaces what it kept. */
export async function updateAttempt(
  tx: Tx,
  workspaceId: string,
  id: string,
  patch: Partial<Pick<AttemptRow, 'state' | 'outcome' | 'draft'>>,
): Promise<void> {
  await tx.update(oauthAttempts).set(patch).where(ownAttempt(workspaceId, id))
}

/** Forgets attempts of all workspaces that expired more than a day ago, with whatever they kept: tokens that nobody chose about, too. */
export async function deleteOldAttempts(tx: Tx): Promise<void> {
  await tx.delete(oauthAttempts).where(lt(oauthAttempts.expiresAt, sql`now() - interval '1 day'`))
}

function ownProfile(workspaceId: string, id: string) {
  return and(eq(oauthProfiles.workspaceId, workspaceId), eq(oauthProfiles.id, id))
}

function ownAttempt(workspaceId: string, id: string) {
  return and(eq(oauthAttempts.workspaceId, workspaceId), eq(oauthAttempts.id, id))
}
