import type { Host, Manifest } from '@penstock/schemas/generated/manifest.ts'
import type { Secret } from '../egress/secret.ts'
import { RunFailure } from './failures.ts'

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
