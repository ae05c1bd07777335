import type { Browser } from 'playwright-core'
import { tinyFiles } from '../fakes/tiny-api.ts'
import { change } from './sandbox-control.ts'
import { password, signIn, signUpAdmin } from './start-penstock.ts'
import type { RunningPenstock, SignedIn } from './start-penstock.ts'

/** Two workspaces of one admin: one in which everything is there, one in which nothing is. */
export interface Furnished {
  readonly url: string
  readonly ada: SignedIn
  readonly empty: SignedIn
  /** A colleague in the first workspace, who may only look. */
  readonly viewer: SignedIn
  /** What the addresses of screens name. */
  readonly places: Places
  /** A link that makes a member, not yet used. */
  readonly invitation: string
}

export interface Places {
  readonly pipeline: string
  /** A draft in which nothing was chosen yet. */
  readonly draft: string
  readonly run: string
  readonly laterRun: string
  readonly connection: string
}

/** Signs up, accepts the sandbox's offer, lets it run twice with a new field in between, and adds one of everything else. Takes some 30 seconds. */
export async function furnishWorkspaces(penstock: RunningPenstock, browser?: Browser): Promise<Furnished> {
  const ada = await signUpAdmin(penstock, browser)
  const { pipelineId, connectionId, runId } = await ada.api.sandbox.accept.mutate()
  const invitation = await furnishSettings(ada)
  await furnishConnector(ada)
  const { id: draft } = await ada.api.pipelines.create.mutate({ name: 'Tickets to the lake' })
  // While the first run reads.
  const empty = await emptyWorkspace(penstock, browser)
  const viewer = await inviteViewer(penstock, ada, browser)
  await finished(ada, runId)
  const laterRun = await runWithNewField(penstock, ada, pipelineId)
  return {
    url: penstock.url,
    ada,
    empty,
    viewer,
    places: { pipeline: pipelineId, draft, run: runId, laterRun, connection: connectionId },
    invitation,
  }
}

/** A connector of the workspace's own: published, and its draft breaks something. */
async function furnishConnector({ api }: SignedIn): Promise<void> {
  const name = 'acme_notes'
  const { manifest, records } = tinyFiles('https://api.example.com', name)
  await api.connectors.saveDraft.mutate({ name, baseRevision: null, manifest, records })
  await api.connectors.publish.mutate({ name, revision: 1, note: 'Notes, and who wrote them' })
  const moved = manifest.replace('https://api.example.com', 'https://api.example.org')
  await api.connectors.saveDraft.mutate({ name, baseRevision: 1, manifest: moved, records })
}

async function furnishSettings({ api }: SignedIn): Promise<string> {
  await api.projects.create.mutate({ name: 'Support' })
  await api.oauthProfiles.create.mutate({
    connector: 'intercom',
    name: 'Our own app',
    clientId: 'client-of-ours',
    clientSecret: 'secret-of-ours',
  })
  await api.apiKeys.create.mutate({ name: 'Scheduler', role: 'editor', expiresInDays: 90 })
  await api.alerts.createChannel.mutate({
    kind: 'slack',
    name: 'Support data',
    target: 'https://hooks.slack.com/services/T0/B0/nothing',
    kinds: ['run_failed', 'connection_needs_reauthorisation'],
  })
  const { link } = await api.invitations.create.mutate({ email: 'grace@example.com', role: 'editor' })
  return link
}

async function runWithNewField(
  penstock: RunningPenstock,
  { api }: SignedIn,
  pipelineId: string,
): Promise<string> {
  const { draft, layout, revision } = await api.pipelines.get.query({ id: pipelineId })
  const document = { ...draft, schemaChanges: 'block' }
  const saved = await api.pipelines.saveDraft.mutate({
    id: pipelineId,
    baseRevision: revision,
    document,
    layout,
  })
  await api.pipelines.publish.mutate({
    id: pipelineId,
    revision: saved.revision,
    note: 'Ask before columns are added.',
  })
  await change(penstock.sandboxUrl, {
    kind: 'update_contact',
    fields: { loyalty_tier: 'gold', home_phone: '+1 202 555 0100' },
  })
  const { runId } = await api.runs.start.mutate({ pipelineId })
  await finished({ api }, runId)
  return runId
}

/** Waits until a run has ended, as the API says it. */
export async function finished({ api }: Pick<SignedIn, 'api'>, id: string): Promise<string> {
  for (;;) {
    const { state } = await api.runs.get.query({ id })
    if (state !== 'queued' && state !== 'running') return state
    await new Promise((done) => setTimeout(done, 250))
  }
}

async function inviteViewer(
  penstock: RunningPenstock,
  { api }: SignedIn,
  browser: Browser | undefined,
): Promise<SignedIn> {
  const email = 'vera@example.com'
  const { link } = await api.invitations.create.mutate({ email, role: 'viewer' })
  const token = new URL(link).searchParams.get('token') ?? ''
  await api.invitations.accept.mutate({ token, name: 'Vera Viewer', password })
  return await signIn(penstock, email, browser)
}

async function emptyWorkspace(penstock: RunningPenstock, browser: Browser | undefined): Promise<SignedIn> {
  const again = await signIn(penstock, 'ada@example.com', browser)
  const { id } = await again.api.workspaces.create.mutate({ name: 'Nothing yet' })
  await again.api.session.switchWorkspace.mutate({ workspaceId: id })
  return again
}
