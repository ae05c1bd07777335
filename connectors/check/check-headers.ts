import type { ApiKeyAuthentication } from '@penstock/schemas/generated/manifest.ts'
import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { listRequests } from './list-places.ts'
import { problemAt, type Steps } from './problem-at.ts'

/** Headers that make a reading request a writing one, for APIs behind proxies that let no other method through. */
const overrides = new Set(['x-http-method-override', 'x-http-method', 'x-method-override'])
/** What the connection itself says of a request: another word here would send it, or a part of it, elsewhere. */
const ofConnection = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'te'])

/** Requests only read, and go where the manifest's hosts are: no header says otherwise. */
export function* checkHeaders(connector: Connector): Generator<ConnectorProblem> {
  yield* checkFields(['api', 'headers'], connector.manifest.api.headers)
  for (const [index, way] of connector.manifest.authentication.entries())
    if (way.type === 'api_key') yield* checkKeys(['authentication', index], way)
  for (const { steps, request } of listRequests(connector)) {
    yield* checkFields([...steps, 'headers'], request.headers)
    if (Object.hasOwn(request.query ?? {}, '_method')) yield overridden([...steps, 'query', '_method'])
  }
}

function* checkFields(
  at: Steps,
  headers: Readonly<Record<string, unknown>> | undefined,
): Generator<ConnectorProblem> {
  for (const [name, value] of Object.entries(headers ?? {})) {
    yield* checkName([...at, name], name)
    if (typeof value === 'string' && !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      yield problemAt(
        [...at, name],
        'This cannot be sent as a header: it holds a line break, or a letter that headers do not have.',
        'Write it in one line, with plain letters.',
      )
  }
}

/** The headers that keys are sent in. A key in the query may have any name. */
function* checkKeys(at: Steps, way: ApiKeyAuthentication): Generator<ConnectorProblem> {
  if (way.in === 'header') yield* checkName([...at, 'name'], way.name)
  for (const [index, one] of (way.also ?? []).entries())
    if (one.in === 'header') yield* checkName([...at, 'also', index, 'name'], one.name)
}

function* checkName(at: Steps, name: string): Generator<ConnectorProblem> {
  const plain = name.toLowerCase()
  if (overrides.has(plain)) yield overridden(at)
  if (ofConnection.has(plain))
    yield problemAt(at, 'This header belongs to the connection, and Penstock writes it itself.', 'Remove it.')
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(plain))
    yield problemAt(
      at,
      'No header can have this name.',
      'Use letters, digits and hyphens, such as X-Api-Key.',
    )
}

function overridden(at: Steps): ConnectorProblem {
  const message = 'This makes another request of it, and Penstock only reads.'
  return problemAt(at, message, 'Remove it, and use GET, or POST for a search.')
}
