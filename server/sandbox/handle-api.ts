import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Access } from './access.ts'
import { checkPermission, readVersion } from './access.ts'
import type { Answer } from './answer.ts'
import { notFound, problem, Refusal } from './answer.ts'
import { changeKinds } from './changes/change.ts'
import type { FaultPlan } from './faults/fault-plan.ts'
import { faultyAnswer } from './faults/send-fault.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RequestLog } from './request-log.ts'
import { findRoute } from './route-table.ts'
import type { ApiContext } from './routes/route.ts'
import { sendAnswer } from './send-answer.ts'

/** What the API side of a sandbox is made of. */
export interface ApiParts extends ApiContext {
  readonly access: Access
  readonly rateLimit: RateLimit
  readonly faults: FaultPlan
  readonly log: RequestLog
  readonly latencyMs: number
}

/** Answers one request to the API: faults first, then who may call, how often and what, then the handler. */
export function handleApi(
  parts: ApiParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  bodyText: string,
): void {
  const { behaviour } = parts.workspace
  const method = request.method ?? 'GET'
  const path = url.pathname
  const body = parseBody(bodyText)
  const entry = parts.log.add({
    time: Date.now(),
    method,
    path,
    query: Object.fromEntries(url.searchParams),
    ...(body === undefined ? {} : { body }),
    version: headerOf(request, 'intercom-version'),
    write: isWrite(method, path),
  })
  const fault = parts.faults.next(path)
  const headers: Record<string, string> = {}
  const answer =
    (fault && faultyAnswer(fault)) ??
    answerFor(parts, request, { method, path, url, body, number: entry.sequence }, headers)
  entry.status = fault === 'hang' || fault === 'reset_before' ? 0 : answer.status
  entry.fault = fault ?? null
  const broken = fault !== undefined && faultyAnswer(fault) === undefined ? fault : undefined
  response.setHeader('date', new Date(Date.now() + parts.workspace.clock.advanced * 1000).toUTCString())
  const send = () =>
    sendAnswer(
      request,
      response,
      { ...answer, headers: { ...headers, ...answer.headers } },
      behaviour,
      broken,
    )
  if (parts.latencyMs > 0) setTimeout(send, parts.latencyMs)
  else send()
  if (behaviour.changeEvery > 0 && entry.sequence % behaviour.changeEvery === 0)
    parts.workspace.change({
      random: 1,
      seed: entry.sequence,
      kinds: changeKinds.filter((kind) => behaviour.changeKinds.includes(kind)),
    })
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly url: URL
  readonly body: unknown
  readonly number: number
}

/** The right answer, or the refusal; sets the headers that go with it. */
function answerFor(
  parts: ApiParts,
  request: IncomingMessage,
  asked: Asked,
  headers: Record<string, string>,
): Answer {
  const { workspace, access } = parts
  try {
    const token = access.authenticate(headerOf(request, 'authorization'), workspace.behaviour)
    const limited = limit(parts, token, headers)
    if (limited) return limited
    const version = readVersion(headerOf(request, 'intercom-version'), workspace.behaviour)
    if (workspace.behaviour.versionEcho !== 'absent')
      headers['intercom-version'] = workspace.behaviour.versionEcho === 'right' ? version : '2.3'
    const routed = findRoute(asked.method, asked.path)
    if (routed === 'other_version')
      throw new Refusal(
        400,
        'intercom_version_invalid',
        'Requested resource is not available in current API version',
      )
    if (!routed)
      throw isWrite(asked.method, asked.path)
        ? new Refusal(403, 'action_forbidden', 'The sandbox can only be read')
        : notFound()
    checkPermission(workspace, routed, asked.path)
    return routed.route.handle(parts, {
      path: asked.path,
      query: asked.url.searchParams,
      id: routed.id,
      body: asked.body,
      number: asked.number,
    })
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    throw error
  }
}

function limit(
  { rateLimit, workspace: { behaviour, clock } }: ApiParts,
  token: string,
  headers: Record<string, string>,
): Answer | undefined {
  const now = Date.now()
  const verdict = rateLimit.take(token, behaviour, now)
  if (behaviour.rateLimitHeaders && Number.isFinite(verdict.limit)) {
    headers['x-ratelimit-limit'] = String(verdict.limit)
    headers['x-ratelimit-remaining'] = String(verdict.remaining)
    headers['x-ratelimit-reset'] = String(verdict.resetAt + clock.advanced)
  }
  if (verdict.allowed) return undefined
  if (behaviour.retryAfter)
    headers['retry-after'] = String(Math.max(Math.ceil(verdict.resetAt - now / 1000), 1))
  const limitShown = Number.isFinite(verdict.limit) ? verdict.limit : behaviour.rateLimitPerWorkspace
  return problem(
    429,
    'rate_limit_exceeded',
    `Exceeded rate limit of ${limitShown} in ${behaviour.rateLimitWindowSeconds}_seconds`,
  )
}

function isWrite(method: string, path: string): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false
  return !(method === 'POST' && (path.endsWith('/search') || path === '/companies/list'))
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function parseBody(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
