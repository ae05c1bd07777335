import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { chooseBaseUrl } from '../egress/allowed-hosts.ts'
import { fillAddress, fillFields, regionUrl, settingReferences } from '../engine/source-connection.ts'
import { recordAudit } from '../store/audit-rows.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'
import { countOpenAttempts, insertAttempt } from '../store/oauth-rows.ts'
import { sourceRules, splitSettings } from './check-settings.ts'
import type { SettingRule } from './check-settings.ts'
import { inMemory, refuseBaseUrl } from './create-source.ts'
import { findManifest } from './find-manifest.ts'
import { clientOf } from './find-profile.ts'
import type { OAuthClient } from './find-profile.ts'
import { insistOnAllowed } from './insist-on-allowed.ts'
import type { KnownConnector } from './open-own-connector.ts'
import { consentOf, onBase, redirectUri } from './oauth-draft.ts'
import type { AttemptDraft } from './oauth-draft.ts'
import { acceptPlace, requireChangeable } from './require-connection.ts'
import { attemptSecretUse } from './secret-use.ts'

const lifetimeMs = 10 * 60_000
/** A person opens a few windows; more are not opened by a person. */
const mostOpen = 20

export interface NewAttempt {
  readonly connector: string
  readonly name: string
  readonly projectId?: string | null | undefined
  readonly region?: string | undefined
  /** Null: the installation's own. */
  readonly profileId?: string | null | undefined
  /** The scopes that the person wants; they are granted at the API. */
  readonly scopes: readonly string[]
  readonly apiBaseUrl?: string | undefined
  /** What else the manifest asks for, such as a subdomain. */
  readonly settings?: Readonly<Record<string, string>> | undefined
  /** Re-authorising: the connection, which stays what it is. */
  readonly connectionId?: string | undefined
}

export interface StartedAttempt {
  readonly attemptId: string
  readonly authorizeUrl: string
  readonly expiresAt: string
}

/**
 * Begins a trip to the API's consent page. The state in its address is 256 random bits, of which only the digest is kept; it is good for ten
 * minutes, once, in this session, for this workspace, profile and region.
 */
export async function startOAuth(actor: Actor, input: NewAttempt): Promise<StartedAttempt> {
  const { sessionId, userId, workspaceId } = actor
  if (sessionId === undefined || userId === null)
    throw new DomainError(
      'INVALID',
      'OAuth needs a person with a browser. With an API key, connect by settings.',
    )
  const connector = await findManifest(actor, input.connector)
  const plan = await decideAttempt(actor, connector, input)
  const attemptId = randomUUID()
  const state = randomBytes(32).toString('base64url')
  const verifier = consentOf(connector.manifest).pkce ? randomBytes(32).toString('base64url') : undefined
  const verifierSealed = verifier
    ? await actor.services.vault.seal(attemptSecretUse(attemptId, 'verifier'), verifier)
    : null
  const expiresAt = new Date(actor.services.clock.now() + lifetimeMs)
  const { name, projectId, scopes, apiBaseUrl, settings, region, profileId } = plan
  const draft: AttemptDraft = { name, projectId, scopes, apiBaseUrl, settings, verifierSealed, pending: null }
  const authorizeUrl = buildAuthorizeUrl(actor, connector, plan, { state, verifier })
  await actor.transaction(async (tx) => {
    if ((await countOpenAttempts(tx, workspaceId, sessionId)) >= mostOpen)
      throw new DomainError(
        'TOO_MANY',
        'Too many connections are being authorised at once. Finish one first.',
      )
    await insertAttempt(tx, {
      id: attemptId,
      workspaceId,
      stateHash: hashState(state),
      sessionId,
      userId,
      connector: connector.name,
      region,
      oauthProfileId: profileId,
      connectionId: input.connectionId ?? null,
      draft,
      expiresAt,
    })
    await recordAudit(tx, actor, {
      action: 'oauth.start',
      subject: { type: 'oauthAttempt', id: attemptId, name },
      after: { connector: connector.name, region, connectionId: input.connectionId ?? null },
    })
  })
  return { attemptId, authorizeUrl, expiresAt: expiresAt.toISOString() }
}

/** Only the digest of a state is kept: who reads the database cannot come back with it. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('hex')
}

interface Plan extends Pick<AttemptDraft, 'name' | 'projectId' | 'scopes' | 'apiBaseUrl' | 'settings'> {
  readonly region: string
  readonly profileId: string | null
  readonly client: OAuthClient
}

async function decideAttempt(actor: Actor, connector: KnownConnector, input: NewAttempt): Promise<Plan> {
  const { manifest } = connector
  consentOf(manifest)
  const before = await actor.transaction(async (tx) => {
    const row = input.connectionId ? await requireChangeable(tx, actor, input.connectionId) : undefined
    if (!row) await acceptPlace(tx, actor, input)
    return row
  })
  if (before && (before.kind !== 'source' || before.connector !== connector.name))
    throw new DomainError('INVALID', `“${before.name}” is not a connection of ${manifest.title}.`)
  const rules = sourceRules(manifest, 'oauth')
  const asked = before ? keptFrom(before, rules) : input
  const profileId = input.profileId ?? null
  const apiBaseUrl = asked.apiBaseUrl ?? null
  refuseBaseUrl(actor, asked.apiBaseUrl)
  const unknown = input.scopes.find((scope) => !Object.hasOwn(manifest.scopes ?? {}, scope))
  if (unknown !== undefined) throw new DomainError('INVALID', `${manifest.title} has no scope ${unknown}.`)
  const { region } = await insistOnAllowed(actor, connector, { ...asked, profileId })
  const client = await clientOf(actor, { connector, profileId, apiBaseUrl: asked.apiBaseUrl })
  if (!client) throw noProfile(manifest.title)
  return {
    name: before?.name ?? input.name,
    projectId: before ? before.projectId : (input.projectId ?? null),
    scopes: [...input.scopes],
    apiBaseUrl,
    settings: splitSettings(rules, asked.settings ?? {}).settings,
    region,
    profileId,
    client,
  }
}

/** Re-authorising goes to where the connection is, whatever the form says. */
function keptFrom(
  row: ConnectionRow,
  rules: readonly SettingRule[],
): Pick<NewAttempt, 'region' | 'apiBaseUrl' | 'settings'> {
  const { apiBaseUrl, ...settings } = row.settings
  const asked = Object.entries(settings).filter(([name]) => rules.some((rule) => rule.name === name))
  return { region: row.region ?? undefined, apiBaseUrl, settings: Object.fromEntries(asked) }
}

function buildAuthorizeUrl(
  actor: Actor,
  { manifest }: KnownConnector,
  { region, apiBaseUrl, settings, client }: Plan,
  { state, verifier }: { readonly state: string; readonly verifier: string | undefined },
): string {
  const way = consentOf(manifest)
  const connection = inMemory(region, apiBaseUrl ?? undefined, { settings, secrets: new Map() })
  const home = regionUrl(manifest, connection, 'authorize')
  const base = chooseBaseUrl(home, apiBaseUrl ?? undefined, actor.services.http.allowedHosts)
  const known = settingReferences(manifest, connection)
  const url = onBase(base, fillAddress(way.authorizeUrl ?? '/', known))
  for (const [name, value] of Object.entries(fillFields(way.authorizeFields, known)))
    url.searchParams.set(name, value)
  url.searchParams.set('client_id', client.clientId)
  url.searchParams.set('redirect_uri', redirectUri(actor.services.env))
  url.searchParams.set('response_type', 'code')
  url.searchParams.set('state', state)
  if (way.scopesRequested?.length) url.searchParams.set('scope', way.scopesRequested.join(' '))
  if (verifier) {
    url.searchParams.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'))
    url.searchParams.set('code_challenge_method', 'S256')
  }
  return url.href
}

function noProfile(title: string): DomainError {
  return new DomainError(
    'INVALID',
    `There is no OAuth profile for ${title} yet. An admin registers one in the settings, or connect with an access token.`,
  )
}
