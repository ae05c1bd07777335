import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actorOf } from '@penstock/server/actor.ts'
import type { Actor, Identity, Role } from '@penstock/server/actor.ts'
import { appRouter } from '@penstock/server/api/router.ts'
import { createCallerFactory } from '@penstock/server/api/trpc.ts'
import { readEnvironment } from '@penstock/server/env.ts'
import { openServices } from '@penstock/server/open-services.ts'
import type { Services } from '@penstock/server/services.ts'
import { createDatabase } from '../create-database.ts'
import type { TestDatabase } from '../create-database.ts'

/** A member of a test workspace, as the server would know them. */
export interface TestMember {
  readonly identity: Identity & { readonly member: NonNullable<Identity['member']> }
  readonly actor: Actor
  /** The whole API, called as this member. */
  readonly api: ReturnType<typeof newCaller>
}

export interface TestWorkspace {
  readonly id: string
  readonly viewer: TestMember
  readonly editor: TestMember
  readonly admin: TestMember
}

export interface TestServices {
  readonly services: Services
  readonly database: TestDatabase
  readonly folder: string
  /** Two workspaces of one installation. */
  readonly here: TestWorkspace
  readonly elsewhere: TestWorkspace
  close(): Promise<void>
}

const newCaller = createCallerFactory(appRouter)

/** A server without HTTP: a database of its own, two workspaces with three members each. `variables` are environment variables. */
export async function startServices(variables: Readonly<Record<string, string>> = {}): Promise<TestServices> {
  const database = await createDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'penstock-server-'))
  const env = readEnvironment({
    PENSTOCK_DATA_DIR: folder,
    PENSTOCK_SECRET_KEY: randomBytes(32).toString('base64url'),
    PENSTOCK_LOG: 'silent',
    ...variables,
  })
  const services = await openServices(env, database.url)
  return {
    services,
    database,
    folder,
    here: await makeWorkspace(services, database, 'Here'),
    elsewhere: await makeWorkspace(services, database, 'Elsewhere'),
    close: async () => {
      await services.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function makeWorkspace(
  services: Services,
  { sql }: TestDatabase,
  name: string,
): Promise<TestWorkspace> {
  const id = `workspace-${randomUUID().slice(0, 8)}`
  await sql`insert into organization (id, name, slug, created_at) values (${id}, ${name}, ${id}, now())`
  const hashKey = await services.vault.seal(`workspace:${id}:hashKey`, randomBytes(32).toString('base64url'))
  await sql`insert into workspace_settings (workspace_id, hash_key_sealed) values (${id}, ${hashKey})`
  const member = (role: Role) => makeMember(services, sql, { id, name, role })
  return { id, viewer: await member('viewer'), editor: await member('editor'), admin: await member('admin') }
}

async function makeMember(
  services: Services,
  sql: TestDatabase['sql'],
  { id, name, role }: { id: string; name: string; role: Role },
): Promise<TestMember> {
  const userId = randomUUID()
  const email = `${role}-${userId.slice(0, 8)}@example.com`
  await sql`insert into "user" (id, name, email, email_verified, updated_at) values (${userId}, ${`${role} of ${name}`}, ${email}, true, now())`
  await sql`insert into member (id, organization_id, user_id, role, created_at) values (${randomUUID()}, ${id}, ${userId}, ${role}, now())`
  const identity = {
    userId,
    name: `${role} of ${name}`,
    email,
    via: 'session',
    sessionId: randomUUID(),
    member: { workspaceId: id, role },
  } as const
  const request = { headers: new Headers(), ip: '192.0.2.1', requestId: randomUUID() }
  return {
    identity,
    actor: actorOf(identity, request, services),
    api: newCaller({ services, request, identity }),
  }
}
