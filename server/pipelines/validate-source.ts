import type { Authentication, Host, Manifest, Setting } from '@penstock/schemas/generated/manifest.ts'
import type { InlineConnection, Source } from '@penstock/schemas/generated/pipeline.ts'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import { chooseBaseUrl } from '../egress/allowed-hosts.ts'
import { RunFailure } from '../engine/failures.ts'
import type { Problem } from './problem.ts'
import { missingSetting, validateSettings } from './validate-settings.ts'
import { unknownConnection } from './sound-parts.ts'

const at = ['source', 'connection']

/** Whether a source's region, settings and host can be used with its connector. */
export function validateSource(
  { connection }: Source,
  manifest: Manifest,
  allowedHosts: readonly string[],
): readonly Problem[] {
  if (connection === unknownConnection) return []
  if (typeof connection === 'string')
    return [
      {
        pointer: '/source/connection',
        message: 'A saved connection can be used in the app only.',
        fix: 'In a file, give the settings inline: region, accessToken: { env: NAME } and so on.',
      },
    ]
  const { region, apiBaseUrl, ...settings } = connection
  return [
    ...validateRegion(region, manifest),
    ...(apiBaseUrl === undefined ? [] : validateBaseUrl(apiBaseUrl, region, manifest, allowedHosts)),
    ...validateSettings(at, settings, manifest.settings ?? {}),
    ...missingSettings(connection, manifest),
  ]
}

/** The region a connection is in when it does not say. */
export function defaultRegion({ api }: Manifest): string {
  return api.defaultRegion ?? Object.keys(api.regions)[0] ?? ''
}

function validateRegion(region: string | undefined, { api, title }: Manifest): readonly Problem[] {
  if (region === undefined || Object.hasOwn(api.regions, region)) return []
  const known = Object.keys(api.regions)
  const near = nearestWord(region, known)
  const list = known.map((name) => `${name} (${api.regions[name]?.title ?? name})`).join(', ')
  return [
    {
      pointer: '/source/connection/region',
      message: `${title} has no region named ${region}.`,
      fix: near ? `Did you mean ${near}? The regions are ${list}.` : `The regions are ${list}.`,
    },
  ]
}

function validateBaseUrl(
  apiBaseUrl: string,
  region: string | undefined,
  manifest: Manifest,
  allowedHosts: readonly string[],
): readonly Problem[] {
  const home = manifest.api.regions[region ?? defaultRegion(manifest)]?.api
  const pointer = '/source/connection/apiBaseUrl'
  try {
    chooseBaseUrl(home === undefined ? 'https://unknown.invalid' : hostUrl(home), apiBaseUrl, allowedHosts)
    return []
  } catch (error) {
    if (!(error instanceof RunFailure)) throw error
    return [{ pointer, message: error.message, fix: hostFix(apiBaseUrl) }]
  }
}

function hostFix(apiBaseUrl: string): string {
  if (!URL.canParse(apiBaseUrl)) return 'Write a URL such as http://127.0.0.1:4010, or leave it out.'
  const { host, protocol, username, password } = new URL(apiBaseUrl)
  if (protocol !== 'https:' && protocol !== 'http:') return 'Write a URL such as http://127.0.0.1:4010.'
  if (username !== '' || password !== '') return 'Leave user name and password out of the URL.'
  return `Leave it out to use the region's own host. For a sandbox, the operator sets PENSTOCK_ALLOWED_HOSTS=${host}.`
}

/** A host of which the first label is a setting is compared by the rest: no sandbox lives below it. */
function hostUrl(host: Host): string {
  return typeof host === 'string' ? host : `https://${host.domain}${host.path ?? ''}`
}

function missingSettings(connection: InlineConnection, manifest: Manifest): readonly Problem[] {
  const rules = manifest.settings ?? {}
  const has = (name: string): boolean => connection[name] !== undefined || rules[name]?.default !== undefined
  const required = Object.keys(rules).filter((name) => !rules[name]?.optional && !has(name))
  const ways = manifest.authentication.map((way) => neededBy(way, rules))
  const best = ways.some((names) => names.every(has)) ? [] : (ways[0] ?? [])
  const missing = new Set([...required, ...best.filter((name) => !has(name))])
  return [...missing].map((name) => missingSetting(at, name, rules[name] ?? { title: name }))
}

/** The settings without which a way to authenticate cannot be used. */
function neededBy(way: Authentication, rules: Readonly<Record<string, Setting>>): readonly string[] {
  switch (way.type) {
    case 'none':
      return []
    case 'bearer':
      return [way.token]
    case 'api_key':
      return [way.key, ...(way.also ?? []).map(({ key }) => key)]
    case 'basic':
      return way.password === undefined ? [way.username] : [way.username, way.password]
    case 'oauth2': {
      const accessToken = way.accessToken ?? 'accessToken'
      const refresh = [
        way.refreshToken ?? 'refreshToken',
        way.clientId ?? 'clientId',
        way.clientSecret ?? 'clientSecret',
      ]
      if (way.grant === 'client_credentials') return refresh.slice(1)
      return accessToken in rules && !way.refresh ? [accessToken] : refresh
    }
  }
}
