import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { Secret } from '../egress/secret.ts'
import { readOAuthApp } from '../env.ts'
import { findProfile } from '../store/oauth-rows.ts'
import type { KnownConnector } from './open-own-connector.ts'
import { profileSecretUse } from './secret-use.ts'

/** An OAuth app: what proves to the API which program asks. */
export interface OAuthClient {
  readonly clientId: string
  readonly clientSecret: Secret
}

/** Which app: one that an admin registered, or, without an id, the installation's own. */
export interface WantedClient {
  readonly connector: Pick<KnownConnector, 'name' | 'version'>
  readonly profileId: string | null
  readonly apiBaseUrl: string | undefined
}

/**
 * The OAuth app of a profile. Without a profile it is the installation's own (see env.ts), or, at the sandbox, the app that the sandbox
 * knows; undefined where the operator registered none. Throws `NOT_FOUND` for a profile of another connector or workspace.
 */
export async function clientOf(
  actor: Actor,
  { connector, profileId, apiBaseUrl }: WantedClient,
): Promise<OAuthClient | undefined> {
  if (profileId === null) return installationClient(actor, connector, apiBaseUrl)
  const row = await actor.transaction((tx) => findProfile(tx, actor.workspaceId, profileId))
  if (row?.connector !== connector.name)
    throw new DomainError('NOT_FOUND', 'There is no such OAuth profile for this connector.')
  const secret = await actor.services.vault.open(profileSecretUse(row.id), row.clientSecretSealed)
  return { clientId: row.clientId, clientSecret: new Secret(secret) }
}

/** Whether an address is the sandbox's that this installation serves. */
export function isSandbox(actor: Actor, apiBaseUrl: string | undefined): boolean {
  const { sandboxUrl } = actor.services.env
  if (sandboxUrl === undefined || apiBaseUrl === undefined || !URL.canParse(apiBaseUrl)) return false
  return new URL(apiBaseUrl).origin === new URL(sandboxUrl).origin
}

function installationClient(
  actor: Actor,
  { name, version }: WantedClient['connector'],
  apiBaseUrl: string | undefined,
): OAuthClient | undefined {
  // The app that every sandbox has from its start: server/sandbox/sandbox-options.ts.
  if (isSandbox(actor, apiBaseUrl))
    return { clientId: 'sandbox-client', clientSecret: new Secret('sandbox-secret') }
  // The operator's app is for the hosts of a connector that comes with Penstock, whatever a workspace calls its own.
  const app = version === undefined ? readOAuthApp(name) : undefined
  return app && { clientId: app.clientId, clientSecret: new Secret(app.clientSecret) }
}
