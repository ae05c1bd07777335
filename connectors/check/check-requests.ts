import type { Pagination, Request } from '@penstock/schemas/generated/manifest.ts'
import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { namesIn } from './check-templates.ts'
import { listRequests, type RequestPlace } from './list-places.ts'
import { problemAt, type Steps } from './problem-at.ts'

/** Every request must send what its pages need, and fill its path. */
export function* checkRequests(connector: Connector): Generator<ConnectorProblem> {
  for (const place of listRequests(connector)) {
    yield* checkPathParameters(place)
    yield* checkParent(place)
    if (place.request.body !== undefined && (place.request.method ?? 'GET') === 'GET') {
      yield problemAt(
        [...place.steps, 'body'],
        'A GET request has no body.',
        'Use method: POST, or send it as query.',
      )
    }
    if (place.pagination) yield* checkPagination(place, place.pagination)
  }
}

/** Whether a request refers to a name, anywhere. */
export function sends(request: Request, name: string): boolean {
  const { pathParameters, query, headers, body } = request
  return [...namesIn([pathParameters, query, headers, body])].includes(name)
}

/** What is asked for once for each parent, or each partition, must say for which. */
function* checkParent({ steps, request, parent }: RequestPlace): Generator<ConnectorProblem> {
  if (parent === undefined || sendsSome(request, 'parent.')) return
  const fix = 'Put { $from: parent.<path> } where the API expects it, such as in pathParameters.'
  yield problemAt(steps, 'The request never says for which parent, so each would get the same.', fix)
}

/** Whether a request refers to any name that begins so. */
export function sendsSome({ pathParameters, query, headers, body }: Request, beginning: string): boolean {
  return [...namesIn([pathParameters, query, headers, body])].some((name) => name.startsWith(beginning))
}

function* checkPathParameters({ steps, request }: RequestPlace): Generator<ConnectorProblem> {
  const given = Object.keys(request.pathParameters ?? {})
  const wanted = [...request.path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '')
  for (const name of wanted.filter((one) => !given.includes(one))) {
    const fix = `Add ${name} to pathParameters, with where it comes from.`
    yield problemAt([...steps, 'path'], `Nothing fills {${name}} in the path.`, fix)
  }
  for (const name of given.filter((one) => !wanted.includes(one))) {
    const message = `The path has no {${name}}.`
    yield problemAt(
      [...steps, 'pathParameters', name],
      message,
      `Write {${name}} into the path, or remove it here.`,
    )
  }
}

function* checkPagination(
  { steps, request }: RequestPlace,
  pagination: Pagination,
): Generator<ConnectorProblem> {
  const at = [...steps.slice(0, -1), 'pagination']
  const sent = {
    cursor: 'page.cursor',
    scroll: 'page.cursor',
    page: 'page.number',
    offset: 'page.offset',
    last_record: 'page.cursor',
  } as const
  switch (pagination.type) {
    case 'none':
      return
    case 'cursor':
    case 'scroll':
    case 'page':
    case 'offset':
    case 'last_record':
      yield* checkSent(at, request, sent[pagination.type])
      break
    case 'link_header':
    case 'next_url':
  }
  if (pagination.size !== undefined && !countsItself(pagination))
    yield* checkSize(at, request, pagination.size)
}

function* checkSent(at: Steps, request: Request, name: string): Generator<ConnectorProblem> {
  if (sends(request, name)) return
  const fix = `Put { $from: ${name} } where the API expects it, in the request’s query or body.`
  yield problemAt(at, `The request never sends ${name}, so every page would be the first.`, fix)
}

/** Where the answer tells what is left, an offset does not need the size that its schema asks for. */
function countsItself(pagination: Pagination): boolean {
  return pagination.type === 'offset' && (pagination.totalAt ?? pagination.moreAt) !== undefined
}

/** A size that is not sent would make a page look cut short. A number written into the request is sent, too. */
function* checkSize(at: Steps, request: Request, size: number): Generator<ConnectorProblem> {
  if (sends(request, 'page.size') || writes([request.query, request.body, request.headers], size)) return
  const fix = `Put { $from: page.size } into the request, or write ${size} there; or remove size.`
  yield problemAt([...at, 'size'], 'The request does not ask for pages of this size.', fix)
}

function writes(template: unknown, size: number): boolean {
  if (template === size || template === String(size)) return true
  return (
    typeof template === 'object' &&
    template !== null &&
    Object.values(template).some((one) => writes(one, size))
  )
}
