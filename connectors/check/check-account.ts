import type { Authentication, ErrorRule, Host, Manifest } from '@penstock/schemas/generated/manifest.ts'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { namesIn } from './check-templates.ts'
import { looksSecret } from './check-secrets.ts'
import { ownMember } from '../own-member.ts'
import { problemAt, suggestName, unknownObject, type Steps } from './problem-at.ts'

/** Regions, settings, ways to authenticate, scopes and error rules: what holds for all objects. */
export function* checkAccount(connector: Connector): Generator<ConnectorProblem> {
  const { manifest } = connector
  yield* checkRegions(manifest)
  for (const name of ['region', 'apiBaseUrl'].filter((one) => ownMember(manifest.settings, one))) {
    const fix = 'Choose another name; a connection always has a region and may have an apiBaseUrl.'
    yield problemAt(['settings', name], `“${name}” means something else in a connection.`, fix)
  }
  for (const [index, way] of manifest.authentication.entries()) yield* checkWay(manifest, index, way)
  for (const [name, scope] of Object.entries(manifest.scopes ?? {})) {
    for (const [index, object] of scope.objects.entries()) {
      if (ownMember(manifest.objects, object)) continue
      yield unknownObject(['scopes', name, 'objects', index], object, manifest.objects)
    }
  }
  yield* checkErrorRules(manifest)
  yield* checkAccountNames(manifest)
}

/** Names of one's own are there to be referred to; one that nothing refers to was probably meant to be another. */
function* checkAccountNames({ check, objects }: Manifest): Generator<ConnectorProblem> {
  const own = ['id', 'name', 'region', 'timezone', 'createdAt']
  const given = Object.keys(check.account ?? {})
  const used = new Set(namesIn(Object.values(objects).map(({ read }) => read)))
  for (const name of given.filter((one) => !own.includes(one) && !used.has(`account.${one}`))) {
    const near = nearestWord(
      name,
      own.filter((one) => !given.includes(one)),
    )
    if (near === undefined) continue
    yield problemAt(['check', 'account', name], `Nothing uses “${name}”.`, `Did you mean ${near}?`)
  }
}

function* checkRegions(manifest: Manifest): Generator<ConnectorProblem> {
  const { regions, defaultRegion } = manifest.api
  if (defaultRegion !== undefined && !Object.hasOwn(regions, defaultRegion)) {
    const fix = suggestName(defaultRegion, Object.keys(regions))
    yield problemAt(['api', 'defaultRegion'], `There is no region “${defaultRegion}”.`, fix)
  }
  for (const [name, { api, authorize }] of Object.entries(regions)) {
    yield* checkHost(manifest, ['api', 'regions', name, 'api'], api)
    if (authorize) yield* checkHost(manifest, ['api', 'regions', name, 'authorize'], authorize)
  }
}

function* checkHost(manifest: Manifest, steps: Steps, host: Host): Generator<ConnectorProblem> {
  if (!isAddress(typeof host === 'string' ? host : `https://name.${host.domain}`)) {
    yield problemAt(
      typeof host === 'string' ? steps : [...steps, 'domain'],
      'This is no address.',
      addressFix,
    )
    return
  }
  if (typeof host === 'string') {
    if (isPublicAndPlain(host))
      yield problemAt(steps, 'Secrets would travel unencrypted.', 'Write https:// instead of http://.')
    return
  }
  const setting = ownMember(manifest.settings, host.setting)
  if (!setting) {
    yield unknownSetting(manifest, [...steps, 'setting'], host.setting)
  } else if (setting.secret || (setting.optional && setting.default === undefined)) {
    const fix = 'Make the setting neither secret nor optional: without it there is no address.'
    yield problemAt([...steps, 'setting'], `“${host.setting}” cannot be part of an address.`, fix)
  }
}

const addressFix =
  'Write a base URL such as https://api.example.com/v1. Where each customer has a host of their own, write { type: subdomain, setting: …, domain: example.com }.'

/** Nothing is filled into a base URL: with braces it would be asked for as it stands. */
function isAddress(url: string): boolean {
  return URL.canParse(url) && !/[{}\s]/.test(url)
}

/** Http to a name of the public internet; a test server has a port, an address or a name of its own network. */
function isPublicAndPlain(host: string): boolean {
  return /^http:\/\/(?:[a-z0-9-]+\.)+(?!(?:local|localhost|internal|test|lan|home|corp)(?:\/|$))[a-z]{2,}(?:\/|$)/i.test(
    host,
  )
}

function* checkWay(manifest: Manifest, index: number, way: Authentication): Generator<ConnectorProblem> {
  const steps = ['authentication', index]
  for (const [key, name, secret] of settingsOf(way)) {
    const setting = ownMember(manifest.settings, name)
    if (!setting && looksSecret(name)) yield pastedSecret(manifest, [...steps, ...key.split('/')])
    else if (!setting) yield unknownSetting(manifest, [...steps, ...key.split('/')], name)
    else if (secret && !setting.secret) {
      const message = `“${name}” holds a secret but is not marked as one.`
      yield problemAt(['settings', name], message, 'Add secret: true, so that it is sealed and never shown.')
    }
  }
  if (way.type === 'oauth2') yield* checkOAuth(manifest, steps, way)
}

/** The settings a way to authenticate reads: where it names them, their names, and whether they must be secret. */
function settingsOf(way: Authentication): readonly (readonly [key: string, name: string, secret: boolean])[] {
  switch (way.type) {
    case 'none':
      return []
    case 'bearer':
      return [['token', way.token, true]]
    case 'api_key':
      return [
        ['key', way.key, true],
        ...(way.also ?? []).map(({ key }, index) => [`also/${index}/key`, key, true] as const),
      ]
    case 'basic':
      return [['username', way.username, false], ...optionalPassword(way.password)]
    case 'oauth2': {
      const client = [
        ['clientId', way.clientId ?? 'clientId', false],
        ['clientSecret', way.clientSecret ?? 'clientSecret', true],
      ] as const
      if (way.grant === 'client_credentials') return client
      const refresh = way.refresh
        ? ([['refreshToken', way.refreshToken ?? 'refreshToken', true]] as const)
        : []
      return [...client, ['accessToken', way.accessToken ?? 'accessToken', true], ...refresh]
    }
  }
}

function optionalPassword(name: string | undefined): readonly (readonly [string, string, boolean])[] {
  return name === undefined ? [] : [['password', name, true]]
}

function* checkOAuth(
  manifest: Manifest,
  steps: Steps,
  way: Extract<Authentication, { type: 'oauth2' }>,
): Generator<ConnectorProblem> {
  if (way.grant === 'authorization_code' && way.authorizeUrl === undefined) {
    yield problemAt(steps, 'Nobody can agree without an authorizeUrl.', 'Add authorizeUrl, a path or a URL.')
  }
  for (const [key, url] of Object.entries({ authorizeUrl: way.authorizeUrl, tokenUrl: way.tokenUrl })) {
    if (url === undefined) continue
    yield* checkAddress(manifest, [...steps, key], url)
  }
  if (!way.authorizeUrl?.startsWith('/')) return
  for (const [name, region] of Object.entries(manifest.api.regions)) {
    if (region.authorize) continue
    const fix = 'Add authorize: the host on which people agree; or write authorizeUrl as a whole URL.'
    yield problemAt(['api', 'regions', name], 'This region has no host for the authorizeUrl’s path.', fix)
  }
}

function* checkAddress(manifest: Manifest, steps: Steps, url: string): Generator<ConnectorProblem> {
  if (!url.startsWith('/') && !(/^https?:\/\//.test(url) && URL.canParse(url))) {
    const fix = 'Begin it with / or with https:// and a host. {name} may stand only after the host.'
    yield problemAt(steps, `“${url}” is neither a path nor a URL.`, fix)
  }
  for (const [, name = ''] of url.matchAll(/\{(\w+)\}/g)) {
    const setting = ownMember(manifest.settings, name)
    if (!setting) yield unknownSetting(manifest, steps, name)
    else if (setting.secret)
      yield problemAt(steps, `The setting “${name}” is secret and cannot be part of an address.`, notSecret)
  }
}

const notSecret = 'Name a setting that is not secret.'

function* checkErrorRules(manifest: Manifest): Generator<ConnectorProblem> {
  for (const [index, rule] of (manifest.errors ?? []).entries()) {
    const steps = ['errors', index]
    if (!rule.status && !rule.codes && !rule.messageIncludes && !rule.bodyHas && !rule.present) {
      const fix = 'Add status, codes, messageIncludes, bodyHas or present.'
      yield problemAt(steps, 'This rule matches every refusal.', fix)
    }
    if (rule.means === 'empty' && saysLittle(rule)) {
      const fix =
        'Add codes, messageIncludes, bodyHas or present: what the API says of a list with nothing in it.'
      yield problemAt(steps, 'A wrong path, too, would look like a list with nothing in it.', fix)
    }
    yield* checkConditions(steps, rule)
    if (rule.codes && manifest.errorAt?.code === undefined) {
      const fix = 'Add errorAt.code: the path of the code in an error’s body.'
      yield problemAt([...steps, 'codes'], 'Nothing says where an error’s code is.', fix)
    }
    if (rule.messageIncludes && manifest.errorAt?.message === undefined) {
      const fix = 'Add errorAt.message: the path of the message in an error’s body.'
      yield problemAt([...steps, 'messageIncludes'], 'Nothing says where an error’s message is.', fix)
    }
  }
}

/** Lists that no answer can be held against, and words that every message has. */
function* checkConditions(steps: Steps, rule: ErrorRule): Generator<ConnectorProblem> {
  for (const key of ['status', 'codes', 'messageIncludes'] as const) {
    if (rule[key]?.length !== 0) continue
    const message = 'This list is empty, so the rule would never match.'
    yield problemAt([...steps, key], message, `Name what the API says, or remove ${key}.`)
  }
  for (const [index, words] of (rule.messageIncludes ?? []).entries()) {
    if (words.trim() !== '') continue
    const message = 'Every message includes this, so the rule would match every refusal that has one.'
    yield problemAt([...steps, 'messageIncludes', index], message, 'Write words of the API’s message.')
  }
}

/** Only 204 and 304 cannot be the answer to a question that is wrong. */
function saysLittle({ status, codes, messageIncludes, bodyHas, present }: ErrorRule): boolean {
  if (codes ?? messageIncludes ?? bodyHas ?? present) return false
  return status === undefined || status.some((one) => one !== 204 && one !== 304)
}

/** The secret itself stands where the name of its setting should: it is not quoted. */
function pastedSecret(manifest: Manifest, steps: Steps): ConnectorProblem {
  const known = Object.keys(manifest.settings ?? {}).join(', ')
  const fix = `Name the setting that holds it (${known}), and replace this key at the API: it may have been seen.`
  return problemAt(steps, 'This looks like a secret itself.', fix)
}

function unknownSetting(manifest: Manifest, steps: Steps, name: string): ConnectorProblem {
  const fix = `Add ${name} to settings. ${suggestName(name, Object.keys(manifest.settings ?? {}))}`
  return problemAt(steps, `There is no setting “${name}”.`, fix)
}
