import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import type { Tx } from '../store/database.ts'
import {
  deleteProject,
  findProject,
  insertProject,
  isProjectNameTaken,
  listProjectRows,
  updateProjectName,
} from '../store/project-rows.ts'
import type { ProjectRow } from '../store/project-rows.ts'

/** A project, and how much is in it. */
export interface ProjectSummary {
  readonly id: string
  readonly name: string
  readonly pipelines: number
  readonly connections: number
  readonly createdAt: string
}

/** The workspace's projects, by name. */
export async function listProjects(actor: Actor): Promise<ProjectSummary[]> {
  const rows = await actor.transaction((tx) => listProjectRows(tx, actor.workspaceId))
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}

/** Makes a project. Throws `CONFLICT` for a name that is taken. */
export async function createProject(
  actor: Actor,
  { name }: { readonly name: string },
): Promise<{ readonly id: string }> {
  return await actor.transaction(async (tx) => {
    const id = await insertProject(tx, actor.workspaceId, name)
    if (id === undefined) throw nameTaken(name)
    await recordAudit(tx, actor, { action: 'project.create', subject: { type: 'project', id, name } })
    return { id }
  })
}

/** Gives a project another name. Throws `NOT_FOUND`, and `CONFLICT` for a name that is taken. */
export async function renameProject(
  actor: Actor,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  await actor.transaction(async (tx) => {
    const project = await requireProjectRow(tx, actor, id)
    if (project.name === name) return
    if (await isProjectNameTaken(tx, actor.workspaceId, name, id)) throw nameTaken(name)
    await updateProjectName(tx, actor.workspaceId, id, name)
    await recordAudit(tx, actor, {
      action: 'project.rename',
      subject: { type: 'project', id, name },
      before: { name: project.name },
      after: { name },
    })
  })
}

/** Removes a project. Nothing that it held is removed with it: that is in no project then. Throws `NOT_FOUND`. */
export async function removeProject(actor: Actor, { id }: { readonly id: string }): Promise<void> {
  await actor.transaction(async (tx) => {
    const { name } = await requireProjectRow(tx, actor, id)
    await deleteProject(tx, actor.workspaceId, id)
    await recordAudit(tx, actor, { action: 'project.remove', subject: { type: 'project', id, name } })
  })
}

async function requireProjectRow(tx: Tx, actor: Actor, id: string): Promise<ProjectRow> {
  const project = await findProject(tx, actor.workspaceId, id)
  if (!project) throw new DomainError('NOT_FOUND', 'There is no such project in this workspace.')
  return project
}

function nameTaken(name: string): DomainError {
  return new DomainError('CONFLICT', `There is a project named ${name} already. Choose another name.`)
}
