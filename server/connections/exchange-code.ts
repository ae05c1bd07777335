import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Actor } from '../actor.ts'
import { chooseBaseUrl } from '../egress/allowed-hosts.ts'
import { Secret } from '../egress/secret.ts'
import { readPath } from '../engine/read-path.ts'
import { fillAddress, fillFields, regionUrl, settingReferences } from '../engine/source-connection.ts'
import type { SourceConnection } from '../engine/source-connection.ts'
import type { OAuthClient } from './find-profile.ts'
import { consentOf, onBase, redirectUri } from './oauth-draft.ts'

/** Why a code was not exchanged. */
export class ExchangeFailed extends Error {
  override readonly name = 'ExchangeFailed'
  /** refused: the API said no. unreachable: it did not answer, or not with an answer. */
  readonly reason: 'refused' | 'unreachable'

  constructor(
    reason: ExchangeFailed['reason'],
    sentence: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(sentence, options)
    this.reason = reason
  }
}

const patienceMs = 20_000

export interface CodeToExchange {
  readonly code: string
  readonly client: OAuthClient
  readonly verifier: string | undefined
  readonly connection: SourceConnection
}

/** Exchanges a code, once, for tokens: by the names of the settings they fill in. Throws `ExchangeFailed`. */
export async function exchangeCode(
  actor: Actor,
  { manifest }: Connector,
  input: CodeToExchange,
): Promise<ReadonlyMap<string, Secret>> {
  const way = consentOf(manifest)
  const { status, body } = await post(actor, manifest, input)
  if (status === 429 || status >= 500)
    throw new ExchangeFailed(
      'unreachable',
      `${manifest.title} answered with HTTP ${status}. Try again in a moment.`,
    )
  if (status !== 200 && status !== 201)
    throw new ExchangeFailed(
      'refused',
      `${manifest.title} refused the authorisation (HTTP ${status}). Check the OAuth profile’s client id and secret, and the region.`,
    )
  const answer = parse(body)
  const accessToken = readPath(answer, way.accessTokenAt ?? 'access_token')
  if (typeof accessToken !== 'string' || accessToken === '')
    throw new ExchangeFailed('unreachable', `${manifest.title} gave no access token. Try again in a moment.`)
  const refreshToken = readPath(answer, way.refreshTokenAt ?? 'refresh_token')
  return new Map([
    [way.accessToken ?? 'accessToken', new Secret(accessToken)],
    ...(typeof refreshToken === 'string' && refreshToken !== ''
      ? ([[way.refreshToken ?? 'refreshToken', new Secret(refreshToken)]] as const)
      : []),
  ])
}

async function post(
  actor: Actor,
  manifest: Connector['manifest'],
  { code, client, verifier, connection }: CodeToExchange,
): Promise<{ readonly status: number; readonly body: string }> {
  const way = consentOf(manifest)
  const { http, env } = actor.services
  const base = chooseBaseUrl(regionUrl(manifest, connection, 'api'), connection.apiBaseUrl, http.allowedHosts)
  const known = settingReferences(manifest, connection)
  const fields: Record<string, string> = {
    ...fillFields(way.tokenFields, known),
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri(env),
    ...(verifier ? { code_verifier: verifier } : {}),
  }
  const headers: Record<string, string> = { Accept: 'application/json', 'User-Agent': 'penstock' }
  if (way.credentialsIn === 'basic') {
    const pair = `${encodeURIComponent(client.clientId)}:${encodeURIComponent(client.clientSecret.reveal())}`
    headers['Authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`
  } else Object.assign(fields, { client_id: client.clientId, client_secret: client.clientSecret.reveal() })
  const json = way.bodyFormat === 'json'
  headers['Content-Type'] = json ? 'application/json' : 'application/x-www-form-urlencoded'
  const body = json ? JSON.stringify(fields) : new URLSearchParams(fields).toString()
  try {
    const request = {
      method: 'POST',
      url: onBase(base, fillAddress(way.tokenUrl, known)),
      headers,
      body,
      timeoutMs: patienceMs,
    } as const
    return await http.send(request, AbortSignal.timeout(patienceMs))
  } catch {
    // What went wrong may quote what was sent.
    throw new ExchangeFailed('unreachable', `${manifest.title} does not answer. Try again in a moment.`)
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
