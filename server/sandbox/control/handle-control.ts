import type { IncomingMessage, ServerResponse } from 'node:http'
import { behaviourSwitches, mergeBehaviour } from '../behaviour-switches.ts'
import type { Change, RandomChanges } from '../changes/change.ts'
import type { FaultOptions, FaultPlan } from '../faults/fault-plan.ts'
import type { RequestLog } from '../request-log.ts'
import type { Workspace } from '../workspace.ts'
import { truthLines } from './truth.ts'

/** What the control endpoints steer. */
export interface ControlParts {
  readonly workspace: Workspace
  readonly faults: FaultPlan
  readonly log: RequestLog
}

/**
 * The sandbox's own endpoints, for tests and demonstrations; without a token, but only from this machine and never
 * from a web page of another origin:
 * - POST /_sandbox/change: a Change, or `{ "random": n, "seed": s, "kinds": [...] }`; answers what was done
 * - POST /_sandbox/behaviour: switches to set; `faults` takes FaultOptions, or null to end them
 * - GET /_sandbox/behaviour: every switch with its sentence, default and value
 * - POST /_sandbox/advance: `{ "seconds": n }` moves the workspace's clock
 * - GET /_sandbox/records/{object}: the truth as JSON lines (see truth.ts)
 * - GET /_sandbox/requests?since=n: the requests after number n; POST /_sandbox/reset-log forgets them
 */
export function handleControl(
  parts: ControlParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  bodyText: string,
): void {
  const address = request.socket.remoteAddress ?? ''
  const isLocal = address === '::1' || /^(::ffff:)?127\./.test(address)
  const origin = request.headers.origin
  if (!isLocal || (origin !== undefined && origin !== `http://${request.headers.host}`))
    return answer(response, 403, { error: 'Only from this machine.' })
  try {
    const body: unknown = bodyText === '' ? {} : JSON.parse(bodyText)
    control(parts, response, `${request.method} ${url.pathname}`, {
      url,
      body: body as Record<string, unknown>,
    })
  } catch (error) {
    if (!(error instanceof RangeError) && !(error instanceof SyntaxError)) throw error
    answer(response, 400, { error: error.message })
  }
}

function control(
  { workspace, faults, log }: ControlParts,
  response: ServerResponse,
  endpoint: string,
  { url, body }: { url: URL; body: Record<string, unknown> },
): void {
  switch (endpoint) {
    case 'POST /_sandbox/change':
      return answer(response, 200, { changes: workspace.change(body as unknown as Change | RandomChanges) })
    case 'POST /_sandbox/behaviour': {
      const { faults: faultOptions, ...switches } = body
      mergeBehaviour(workspace.behaviour, switches)
      if (faultOptions !== undefined) faults.set((faultOptions as FaultOptions | null) ?? undefined)
      return answer(response, 200, workspace.behaviour)
    }
    case 'GET /_sandbox/behaviour':
      return answer(response, 200, describe(workspace))
    case 'POST /_sandbox/advance': {
      const seconds = Number(body['seconds'])
      if (!Number.isFinite(seconds)) throw new RangeError('seconds has to be a number.')
      workspace.clock.advance(seconds)
      return answer(response, 200, { now: workspace.now })
    }
    case 'GET /_sandbox/requests':
      return answer(response, 200, { requests: log.since(Number(url.searchParams.get('since') ?? 0)) })
    case 'POST /_sandbox/reset-log':
      log.reset()
      return answer(response, 200, {})
  }
  const object = /^GET \/_sandbox\/records\/([a-z_]+)$/.exec(endpoint)?.[1]
  if (object === undefined) return answer(response, 404, { error: `There is no ${endpoint}.` })
  sendLines(response, truthLines(workspace, object))
}

function describe(workspace: Workspace) {
  return Object.fromEntries(
    Object.entries(behaviourSwitches).map(([name, one]) => [
      name,
      { ...one, value: workspace.behaviour[name as keyof typeof behaviourSwitches] },
    ]),
  )
}

/** Sends lines as fast as the reader takes them; a failure before the first line is still a proper answer. */
function sendLines(response: ServerResponse, lines: Generator<string>): void {
  const first = lines.next()
  response.setHeader('content-type', 'application/x-ndjson; charset=utf-8')
  let pending = first.done ? '' : first.value
  const pump = () => {
    // Not for-of: leaving such a loop early would end the generator.
    for (let line = lines.next(); !line.done; line = lines.next()) {
      pending += line.value
      if (pending.length < 65_536) continue
      const chunk = pending
      pending = ''
      if (!response.write(chunk)) return void response.once('drain', pump)
    }
    response.end(pending)
  }
  pump()
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(body))
}
