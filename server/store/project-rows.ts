import { and, count, eq, isNull, sql } from './drizzle.ts'
import { byName } from './by-name.ts'
import type { Tx } from './database.ts'
import { lockNames } from './lock-names.ts'
import { connections } from './tables/connections.ts'
import { pipelines } from './tables/pipelines.ts'
import { projects } from './tables/workspaces.ts'

export interface ProjectRow {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
}

/** A project with how much it holds. */
export interface ProjectWithCounts extends ProjectRow {
  readonly pipelines: number
  readonly connections: number
}

const byId = (workspaceId: string, id: string) =>
  and(eq(projects.workspaceId, workspaceId), eq(projects.id, id))

/** The projects of a workspace by name, each with how many pipelines and connections it holds. */
export async function listProjectRows(tx: Tx, workspaceId: string): Promise<readonly ProjectWithCounts[]> {
  const inPipelines = tx
    .select({ projectId: pipelines.projectId, held: count().as('pipelines_held') })
    .from(pipelines)
    .where(and(eq(pipelines.workspaceId, workspaceId), isNull(pipelines.deletedAt)))
    .groupBy(pipelines.projectId)
    .as('in_pipelines')
  const inConnections = tx
    .select({ projectId: connections.projectId, held: count().as('connections_held') })
    .from(connections)
    .where(eq(connections.workspaceId, workspaceId))
    .groupBy(connections.projectId)
    .as('in_connections')
  return await tx
    .select({
      id: projects.id,
      name: projects.name,
      createdAt: projects.createdAt,
      pipelines: sql<number>`coalesce(${inPipelines.held}, 0)::int`,
      connections: sql<number>`coalesce(${inConnections.held}, 0)::int`,
    })
    .from(projects)
    .leftJoin(inPipelines, eq(inPipelines.projectId, projects.id))
    .leftJoin(inConnections, eq(inConnections.projectId, projects.id))
    .where(eq(projects.workspaceId, workspaceId))
    .orderBy(byName(projects.name))
}

/** One project; undefined: this workspace has none of that id. */
export async function findProject(tx: Tx, workspaceId: string, id: string): Promise<ProjectRow | undefined> {
  const [row] = await tx
    .select({ id: projects.id, name: projects.name, createdAt: projects.createdAt })
    .from(projects)
    .where(byId(workspaceId, id))
  return row
}

/** Whether the workspace has this project. */
export async function projectExists(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  return (await findProject(tx, workspaceId, id)) !== undefined
}

/** Writes a project; undefined: one of that name is there already. */
export async function insertProject(tx: Tx, workspaceId: string, name: string): Promise<string | undefined> {
  await lockNames(tx, workspaceId, 'project')
  const [row] = await tx
    .insert(projects)
    .values({ workspaceId, name })
    .onConflictDoNothing()
    .returning({ id: projects.id })
  return row?.id
}

/** Whether another project of the workspace has that name. Nobody else gives one until the transaction ends. */
export async function isProjectNameTaken(
  tx: Tx,
  workspaceId: string,
  name: string,
  exceptId: string,
): Promise<boolean> {
  await lockNames(tx, workspaceId, 'project')
  const [row] = await tx
    .select({ id: projects.id })
    .from(projects)
    .where(
      and(eq(projects.workspaceId, workspaceId), eq(projects.name, name), sql`${projects.id} <> ${exceptId}`),
    )
  return row !== undefined
}

/** Renames a project. */
export async function updateProjectName(
  tx: Tx,
  workspaceId: string,
  id: string,
  name: string,
): Promise<void> {
  await tx.update(projects).set({ name }).where(byId(workspaceId, id))
}

/** Removes a project. What it held, deleted pipelines included, is in no project any more. */
export async function deleteProject(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx
    .update(pipelines)
    .set({ projectId: null })
    .where(and(eq(pipelines.workspaceId, workspaceId), eq(pipelines.projectId, id)))
  await tx
    .update(connections)
    .set({ projectId: null })
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.projectId, id)))
  await tx.delete(projects).where(byId(workspaceId, id))
}

/** Moves a connection into a project, or out of all; answers its name. Undefined: this workspace has no such connection. */
export async function moveConnection(
  tx: Tx,
  workspaceId: string,
  id: string,
  projectId: string | null,
): Promise<string | undefined> {
  const [row] = await tx
    .update(connections)
    .set({ projectId, updatedAt: sql`now()` })
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, id)))
    .returning({ name: connections.name })
  return row?.name
}
