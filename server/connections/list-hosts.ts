import type { Connector } from '@penstock/connectors/read-connector.ts'
import type { Host } from '@penstock/schemas/generated/manifest.ts'

/** A place of a manifest that says where requests and secrets go. */
export interface NamedHost {
  /** JSON pointer of the place. */
  readonly pointer: string
  /** A URL; where the first label is a setting of the connection, `*` stands for it. */
  readonly url: string
}

/** Every host that a manifest names as a whole: of its regions, and of addresses that tokens are exchanged at. */
export function listHosts({ manifest }: Connector): readonly NamedHost[] {
  const regions = Object.entries(manifest.api.regions).flatMap(([region, { api, authorize }]) => {
    const pointer = `/api/regions/${region}`
    const consent = authorize === undefined ? [] : [hostAt(`${pointer}/authorize`, authorize)]
    return [hostAt(`${pointer}/api`, api), ...consent]
  })
  const ways = manifest.authentication.flatMap((way, place) => {
    if (way.type !== 'oauth2') return []
    const { authorizeUrl, tokenUrl } = way
    return Object.entries({ authorizeUrl, tokenUrl }).flatMap(([name, url]) =>
      url === undefined || url.startsWith('/') ? [] : [{ pointer: `/authentication/${place}/${name}`, url }],
    )
  })
  return [...regions, ...ways]
}

function hostAt(pointer: string, host: Host): NamedHost {
  return { pointer, url: typeof host === 'string' ? host : `https://*.${host.domain}${host.path ?? ''}` }
}
