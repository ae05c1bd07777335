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
  yield* checkNames(['api', 'headers'], connector.manifest.api.headers)
  for (const { steps, request } of listRequests(connector)) {
    yield* checkNames([...steps, 'headers'], request.headers)
    if (Object.hasOwn(request.query ?? {}, '_method')) yield overridden([...steps, 'query', '_method'])
  }
}

function* checkNames(
  at: Steps,
  headers: Readonly<Record<string, unknown>> | undefined,
): Generator<ConnectorProblem> {
  for (const name of Object.keys(headers ?? {})) {
    const plain = name.toLowerCase()
    if (overrides.has(plain)) yield overridden([...at, name])
    if (ofConnection.has(plain))
      yield problemAt(
        [...at, name],
        'This header belongs to the connection, and Penstock writes it itself.',
        'Remove it.',
      )
  }
}

function overridden(at: Steps): ConnectorProblem {
  const message = 'This makes another request of it, and Penstock only reads.'
  return problemAt(at, message, 'Remove it, and use GET, or POST for a search.')
}
