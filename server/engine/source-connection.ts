import type { Host, Manifest } from '@penstock/schemas/generated/manifest.ts'
import type { Secret } from '../egress/secret.ts'
import { RunFailure } from './failures.ts'
import type { Json } from './read-path.ts'
import { renderTemplate, type References } from './render-template.ts'

/** A customer's account on an API: where it lives, and the settings its manifest asks for. */
export interface SourceConnection {
  readonly region: string
  /** For sandboxes and tests, in place of the region's host. */
  readonly apiBaseUrl?: string
  readonly settings: ReadonlyMap<string, string | Secret>
}

/** The base URL of a connection's region. Throws `invalid_request` for a region or a subdomain that cannot be. */
export function regionUrl(
  manifest: Manifest,
  connection: SourceConnection,
  purpose: 'api' | 'authorize',
): string {
  const region = manifest.api.regions[connection.region]
  if (!region)
    throw new RunFailure('invalid_request', `${manifest.title} has no region ${connection.region}.`)
  const host = region[purpose] ?? region.api
  return typeof host === 'string' ? host : subdomainUrl(host, connection)
}

/** The settings that may stand in a request: those that are no secret, or what the manifest has in their place. */
export function settingReferences(
  { settings }: Pick<Manifest, 'settings'>,
  connection: Pick<SourceConnection, 'settings'>,
): References {
  return (name) => {
    if (!name.startsWith('settings.')) return undefined
    const setting = name.slice('settings.'.length)
    const value = connection.settings.get(setting) ?? settings?.[setting]?.default
    return typeof value === 'string' ? value : undefined
  }
}

/** A manifest's address for OAuth, with the settings in it that stand in braces. Throws `invalid_request` where one is missing. */
export function fillAddress(address: string, known: References): string {
  return address.replaceAll(/\{(\w+)\}/g, (_, setting: string) => {
    const value = known(`settings.${setting}`)
    if (typeof value === 'string' && !/^\.{0,2}$/.test(value)) return encodeURIComponent(value)
    throw new RunFailure('invalid_request', `The connection lacks the setting ${setting}.`)
  })
}

/** A template's members as text, for a form; what is not known is left out. */
export function fillFields(fields: Json, known: References): Readonly<Record<string, string>> {
  const filled = renderTemplate(fields ?? {}, known)
  return Object.fromEntries(Object.entries(Object(filled)).map(([name, value]) => [name, String(value)]))
}

function subdomainUrl(host: Exclude<Host, string>, connection: SourceConnection): string {
  const label = connection.settings.get(host.setting)
  if (typeof label !== 'string' || !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label)) {
    throw new RunFailure(
      'invalid_request',
      `The setting ${host.setting} must be a subdomain: letters, digits and hyphens.`,
    )
  }
  return `https://${label.toLowerCase()}.${host.domain}${host.path ?? ''}`
}
