import { isDeepStrictEqual } from 'node:util'
import { listRequests } from '@penstock/connectors/check/list-places.ts'
import type { Connector } from '@penstock/connectors/read-connector.ts'
import { DomainError } from '../domain-error.ts'
import { regionUrl } from '../engine/source-connection.ts'
import type { SourceConnection } from '../engine/source-connection.ts'

/**
 * A saved credential belongs to the hosts of the connector it was given to, and it only ever reads. A draft of that connector may be tried
 * with it as long as it goes to no other host, in no other place of a request, and posts to no other path. Throws `INVALID` otherwise.
 */
export function refuseElsewhere(installed: Connector, draft: Connector, connection: SourceConnection): void {
  if (draft.name !== installed.name)
    throw new DomainError(
      'INVALID',
      `This is a connection of ${installed.name}; the manifest is named ${draft.name}.`,
    )
  const known = originsOf(installed, connection)
  const foreign = [...originsOf(draft, connection)].find((origin) => !known.has(origin))
  if (foreign !== undefined)
    throw new DomainError(
      'INVALID',
      `The manifest names the host ${foreign}, which the connection’s secret was not given for. Try it with the hosts of the connector that is installed.`,
    )
  // Many APIs repeat a request's address in their answers: as part of it, the secret would come back among the records.
  if (!isDeepStrictEqual(draft.manifest.authentication, installed.manifest.authentication))
    throw new DomainError(
      'INVALID',
      'The manifest sends the secret in another way than the installed connector. Try it with a secret of your own, or with authentication as it is installed.',
    )
  const posts = new Set(postsOf(installed))
  const other = postsOf(draft).find((path) => !posts.has(path))
  if (other !== undefined)
    throw new DomainError(
      'INVALID',
      `The manifest posts to ${other}, which the installed connector does not. A saved connection only reads.`,
    )
}

/** The hosts that get a credential: of every region, and those that a token address names as a whole. */
function originsOf({ manifest }: Connector, connection: SourceConnection): ReadonlySet<string> {
  const regions = Object.keys(manifest.api.regions).map((region) =>
    regionUrl(manifest, { ...connection, region }, 'api'),
  )
  const tokens = manifest.authentication.flatMap((way) =>
    way.type === 'oauth2' && URL.canParse(way.tokenUrl) ? [way.tokenUrl] : [],
  )
  return new Set([...regions, ...tokens].map((url) => new URL(url).origin))
}

function postsOf(connector: Connector): readonly string[] {
  return [...listRequests(connector)]
    .filter(({ request }) => request.method === 'POST')
    .map(({ request }) => request.path)
}
