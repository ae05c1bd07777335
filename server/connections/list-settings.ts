import type { Authentication, Manifest } from '@penstock/schemas/generated/manifest.ts'

/** How a connection proves who is asking: a person agrees at the API, or what was pasted into the form. */
export type Method = 'oauth' | 'settings'

/** One field of the connection form. */
export interface SettingDescription {
  readonly name: string
  readonly title: string
  readonly description: string | null
  readonly secret: boolean
  readonly optional: boolean
  readonly default: string | null
  /** With which methods it is asked for. */
  readonly methods: Method[]
}

/** The methods that a manifest offers, OAuth first. */
export function listMethods({ authentication }: Manifest): Method[] {
  const methods = authentication.map((way): Method => (isConsent(way) ? 'oauth' : 'settings'))
  return (['oauth', 'settings'] as const).filter((method) => methods.includes(method))
}

/** What a connection is asked for, and with which method. What OAuth fills in by itself is not asked for. */
export function listSettings(manifest: Manifest): SettingDescription[] {
  const offered = listMethods(manifest)
  const filled = new Set(manifest.authentication.filter(isConsent).flatMap(namesOf))
  const typed = new Set(manifest.authentication.filter((way) => !isConsent(way)).flatMap(namesOf))
  return Object.entries(manifest.settings ?? {}).flatMap(([name, setting]) => {
    const methods: Method[] = typed.has(name) ? ['settings'] : filled.has(name) ? [] : offered
    if (methods.length === 0) return []
    return [
      {
        name,
        title: setting.title,
        description: setting.description ?? null,
        secret: setting.secret === true,
        optional: setting.optional === true && !isOnlyWay(name, manifest),
        default: setting.default ?? null,
        methods,
      },
    ]
  })
}

/** The settings that a way to authenticate stands on. */
export function namesOf(way: Authentication): string[] {
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
      const client = [way.clientId ?? 'clientId', way.clientSecret ?? 'clientSecret']
      if (way.grant === 'client_credentials') return client
      return [...client, way.refreshToken ?? 'refreshToken', way.accessToken ?? 'accessToken']
    }
  }
}

/** Whether a person agrees on a page of the API. */
export function isConsent(way: Authentication): boolean {
  return way.type === 'oauth2' && way.grant === 'authorization_code'
}

/** Optional in the manifest, since OAuth is there too; but who chooses to fill in settings has no other. */
function isOnlyWay(name: string, { authentication }: Manifest): boolean {
  const ways = authentication.filter((way) => !isConsent(way))
  return ways.length > 0 && ways.every((way) => namesOf(way).includes(name))
}
