import { randomUUID } from 'node:crypto'
import type { Role } from '@penstock/server/actor.ts'
import { buildApp } from '@penstock/server/http/app.ts'
import { digestPassword } from '@penstock/server/members/digest-password.ts'
import { hashToken } from '@penstock/server/members/one-time-token.ts'

import { tinyFiles } from '../../fakes/tiny-api.ts'
import { newClient } from '../http/test-client.ts'
import type { TestClient } from '../http/test-client.ts'
import { startServices } from '../start-services.ts'
import type { TestServices, TestWorkspace } from '../start-services.ts'
import { watchWrites } from './watch-writes.ts'
import type { WriteLog } from './watch-writes.ts'

/** One thing of each kind in a workspace, by the id that a procedure would name it by. */
export interface Ids {
  readonly workspaceId: string
  /** A viewer whom nobody needs. */
  readonly userId: string
  readonly projectId: string
  readonly sourceId: string
  readonly destinationId: string
  readonly profileId: string
  readonly attemptId: string
  readonly pipelineId: string
  readonly runId: string
  /** Another run of the same pipeline. */
  readonly otherRunId: string
  readonly changeId: string
  readonly wipeId: string
  readonly channelId: string
  readonly invitationId: string
  readonly apiKeyId: string
  /** The name of a connector of the workspace's own. */
  readonly connector: string
  /** A name that nothing has: another at each look. */
  readonly name: string
}

/** The input of a call, about these things. */
export type Sample = (ids: Ids) => unknown
export type Samples = Readonly<Record<string, Sample>>
/** Where the least role that may call is still answered that there is nothing: the status that says so. */
export type Outcomes = Readonly<Record<string, number>>

/** Who calls, and how: the headers that prove it. */
export interface Caller {
  readonly title: string
  readonly role: Role | 'nobody' | 'no_member'
  readonly headers: Readonly<Record<string, string>>
}

export interface MatrixWorld {
  readonly server: TestServices
  readonly client: TestClient
  readonly here: Ids
  readonly elsewhere: Ids
  readonly absent: Ids
  /** Words that stand in every name of the other workspace, and nowhere else. */
  readonly marker: string
  readonly callers: readonly Caller[]
  readonly writes: WriteLog
  close(): Promise<void>
}

const password = 'walnut harbour quilt 9'

/** A server, two workspaces with one thing of each kind, and everyone who might call. */
export async function buildMatrixWorld(): Promise<MatrixWorld> {
  const server = await startServices()
  const app = buildApp(server.services)
  const here = await furnish(server, server.here, 'ours')
  const marker = `theirs-${randomUUID().slice(0, 8)}`
  const elsewhere = await furnish(server, server.elsewhere, marker)
  const people = new People(server, app)
  const callers = [
    { title: 'nobody', role: 'nobody', headers: {} },
    { title: 'a viewer', role: 'viewer', headers: await people.session(server.here.viewer.identity.email) },
    { title: 'an editor', role: 'editor', headers: await people.session(server.here.editor.identity.email) },
    { title: 'an admin', role: 'admin', headers: await people.session(server.here.admin.identity.email) },
    { title: 'an ended session', role: 'nobody', headers: await people.endedSession() },
    { title: 'a removed member', role: 'no_member', headers: await people.removedMember() },
    { title: 'a viewer’s key of an admin', role: 'viewer', headers: await people.key('viewer') },
  ] as const satisfies readonly Caller[]
  return {
    server,
    client: newClient(server.services, app),
    here,
    elsewhere,
    absent: absentIds(),
    marker,
    callers,
    writes: await watchWrites(server.database.sql),
    close: () => server.close(),
  }
}

/** Makes people who can sign in, and sign in over HTTP as anyone would. */
class People {
  readonly #server: TestServices
  readonly #app: ReturnType<typeof buildApp>

  constructor(server: TestServices, app: ReturnType<typeof buildApp>) {
    this.#server = server
    this.#app = app
  }

  async session(email: string): Promise<{ cookie: string }> {
    const { sql } = this.#server.database
    await sql`insert into account (id, account_id, provider_id, user_id, password, updated_at)
      select gen_random_uuid(), id, 'credential', id, ${await digestPassword(password)}, now() from "user" where email = ${email}`
    const client = newClient(this.#server.services, this.#app)
    const { status } = await client.signIn(email, password)
    if (status !== 200) throw new Error(`${email} could not sign in: ${status}`)
    return { cookie: client.cookie() }
  }

  async endedSession(): Promise<{ cookie: string }> {
    const { sql } = this.#server.database
    const userId = await this.#newAdmin('ended@example.com')
    const headers = await this.session('ended@example.com')
    await sql`delete from session where user_id = ${userId}`
    return headers
  }

  async removedMember(): Promise<{ cookie: string }> {
    const userId = await this.#newAdmin('removed@example.com')
    const headers = await this.session('removed@example.com')
    await this.#server.database.sql`delete from member where user_id = ${userId}`
    return headers
  }

  async key(role: Role): Promise<{ 'x-api-key': string }> {
    const { key } = await this.#server.here.admin.api.apiKeys.create({ name: 'matrix', role })
    return { 'x-api-key': key }
  }

  async #newAdmin(email: string): Promise<string> {
    return await addMember(this.#server, this.#server.here.id, { email, name: email, role: 'admin' })
  }
}

async function addMember(
  { database: { sql } }: TestServices,
  workspaceId: string,
  { email, name, role }: { readonly email: string; readonly name: string; readonly role: Role },
): Promise<string> {
  const id = randomUUID()
  await sql`insert into "user" (id, name, email, email_verified, updated_at) values (${id}, ${name}, ${email}, true, now())`
  await sql`insert into member (id, organization_id, user_id, role, created_at) values (${randomUUID()}, ${workspaceId}, ${id}, ${role}, now())`
  return id
}

/** As they are stored: server/connections/wipe-progress.ts and oauth-draft.ts. */
const wipeProgress = { targets: [], pipelines: [], paused: [], logsDone: true, secrets: {}, arrival: null }
const attemptDraft = {
  projectId: null,
  scopes: [],
  apiBaseUrl: null,
  settings: {},
  verifierSealed: null,
  pending: null,
}

async function furnish(server: TestServices, workspace: TestWorkspace, mark: string): Promise<Ids> {
  const { sql } = server.database
  const ids = { ...absentIds(), workspaceId: workspace.id }
  const w = workspace.id
  const userId = await addMember(server, w, {
    email: `spare-${mark}@example.com`,
    name: `Spare ${mark}`,
    role: 'viewer',
  })
  await sql`update organization set name = ${`Workspace ${mark}`} where id = ${w}`
  await sql`insert into projects (id, workspace_id, name) values (${ids.projectId}, ${w}, ${`Project ${mark}`})`
  const { vault } = server.services
  const secret = await vault.seal(`oauthProfile:${ids.profileId}:clientSecret`, `secret ${mark}`)
  await sql`insert into oauth_profiles (id, workspace_id, connector, name, client_id, client_secret_sealed)
    values (${ids.profileId}, ${w}, 'intercom', ${`Profile ${mark}`}, ${`client-${mark}`}, ${secret})`
  const token = await vault.seal(`connection:${ids.sourceId}:accessToken`, `token ${mark}`)
  await sql`insert into connections (id, workspace_id, project_id, kind, connector, name, region, secrets, settings, method, state) values
    (${ids.sourceId}, ${w}, ${ids.projectId}, 'source', 'intercom', ${`Intercom ${mark}`}, 'us', ${sql.json({ accessToken: token })},
      ${sql.json({ apiBaseUrl: 'http://127.0.0.1:9' })}, 'settings', 'healthy'),
    (${ids.destinationId}, ${w}, null, 'destination', 'duckdb', ${`Warehouse ${mark}`}, null, '{}',
      ${sql.json({ path: `${mark}.duckdb` })}, 'settings', 'healthy')`
  await sql`insert into oauth_attempts (id, workspace_id, state_hash, session_id, user_id, connector, region, draft, expires_at)
    values (${ids.attemptId}, ${w}, ${randomUUID()}, 's', ${userId}, 'intercom', 'us', ${sql.json({ ...attemptDraft, name: mark })}, now() + interval '1 hour')`
  await furnishPipeline(server, ids, mark)
  await furnishConnector(server, ids, mark)
  await sql`insert into wipes (id, workspace_id, connection_id, connection_name, state, progress) values (${ids.wipeId}, ${w}, ${randomUUID()}, ${`Old ${mark}`}, 'done', ${sql.json(wipeProgress)})`
  await sql`insert into alert_channels (id, workspace_id, kind, name, target, kinds) values (${ids.channelId}, ${w}, 'email', ${`Channel ${mark}`}, ${`${mark}@example.com`}, '[]')`
  const invitationId = hashToken(randomUUID())
  await sql`insert into invitation (id, organization_id, email, role, expires_at, inviter_id) values (${invitationId}, ${w}, ${`guest-${mark}@example.com`}, 'viewer', now() + interval '1 day', ${userId})`
  const { id: apiKeyId } = await workspace.admin.api.apiKeys.create({ name: `Key ${mark}`, role: 'viewer' })
  return fresh({ ...ids, userId, invitationId, apiKeyId })
}

async function furnishConnector({ database: { sql } }: TestServices, ids: Ids, mark: string): Promise<void> {
  const { workspaceId: w, connector } = ids
  const { manifest, records } = tinyFiles('https://api.example.com', connector)
  const files = { manifest: `${manifest}# ${mark}\n`, records }
  await sql`insert into connectors (workspace_id, name, draft, published_version) values (${w}, ${connector}, ${sql.json(files)}, 1)`
  await sql`insert into connector_versions (workspace_id, connector, version, files, digest, note)
    values (${w}, ${connector}, 1, ${sql.json(files)}, ${`digest of ${mark}`}, ${mark})`
}

async function furnishPipeline({ database: { sql } }: TestServices, ids: Ids, mark: string): Promise<void> {
  const { workspaceId: w, pipelineId, runId, otherRunId } = ids
  const document = {
    name: `Pipeline ${mark}`,
    source: { connector: 'intercom', connection: ids.sourceId },
    objects: { tags: {}, contacts: {} },
    destination: { type: 'duckdb', connection: ids.destinationId, schema: 'intercom' },
  }
  await sql`insert into pipelines (id, workspace_id, project_id, name, draft, published_version)
    values (${pipelineId}, ${w}, ${ids.projectId}, ${document.name}, ${sql.json(document)}, 1)`
  await sql`insert into pipeline_versions (workspace_id, pipeline_id, version, document) values (${w}, ${pipelineId}, 1, ${sql.json(document)})`
  await sql`insert into draft_revisions (workspace_id, pipeline_id, revision, document) values (${w}, ${pipelineId}, 1, ${sql.json(document)})`
  for (const id of [runId, otherRunId]) {
    await sql`insert into runs (id, workspace_id, pipeline_id, version, trigger, state, started_at, finished_at, error, last_seq)
      values (${id}, ${w}, ${pipelineId}, 1, 'manual', 'failed', now(), now(), ${sql.json({ code: 'unavailable', message: mark, advice: mark })}, 1)`
    await sql`insert into run_objects (workspace_id, run_id, object, state) values (${w}, ${id}, 'tags', 'failed')`
    await sql`insert into run_events (workspace_id, run_id, seq, level, kind, message) values (${w}, ${id}, 1, 'info', 'note', ${mark})`
  }
  await sql`insert into schema_changes (id, workspace_id, pipeline_id, object, field, kind, example_type, applied, first_seen)
    values (${ids.changeId}, ${w}, ${pipelineId}, 'contacts', ${`field_${mark.replaceAll('-', '_')}`}, 'added', 'text', 'blocked', now())`
}

function absentIds(): Ids {
  return fresh({
    workspaceId: `workspace-${randomUUID().slice(0, 8)}`,
    userId: randomUUID(),
    projectId: randomUUID(),
    sourceId: randomUUID(),
    destinationId: randomUUID(),
    profileId: randomUUID(),
    attemptId: randomUUID(),
    pipelineId: randomUUID(),
    runId: randomUUID(),
    otherRunId: randomUUID(),
    changeId: randomUUID(),
    wipeId: randomUUID(),
    channelId: randomUUID(),
    invitationId: hashToken(randomUUID()),
    apiKeyId: randomUUID(),
    connector: `own_${randomUUID().slice(0, 8)}`,
    name: '',
  })
}

let named = 0

/** With names that are another at each look. A spread would look once, so it comes last. */
function fresh<T extends Ids>(ids: T): T {
  return Object.defineProperty({ ...ids }, 'name', { get: () => `fresh-${++named}`, enumerable: true })
}
