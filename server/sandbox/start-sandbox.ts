import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Access } from './access.ts'
import { problem } from './answer.ts'
import { handleControl } from './control/handle-control.ts'
import { FaultPlan } from './faults/fault-plan.ts'
import type { ApiParts } from './handle-api.ts'
import { handleApi } from './handle-api.ts'
import { CompanyScroll } from './paging/company-scroll.ts'
import { CursorList } from './paging/cursor-list.ts'
import { RateLimit } from './rate-limit.ts'
import type { RecordStore } from './record-store.ts'
import { RequestLog } from './request-log.ts'
import { OAuthApp, tokenMembers } from './routes/oauth.ts'
import type { SandboxOptions } from './sandbox-options.ts'
import { RecordView } from './search/record-view.ts'
import type { Searchable } from './search/search-fields.ts'
import { specialFields } from './search/special-fields.ts'
import { sendAnswer } from './send-answer.ts'
import { Workspace } from './workspace.ts'

/** A running sandbox. */
export interface Sandbox {
  /** Where it answers, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** The access token that works from the start. */
  readonly token: string
  /** The workspace behind it, for tests in the same process. */
  readonly workspace: Workspace
  readonly log: RequestLog
  readonly faults: FaultPlan
  /** Stops listening and ends every connection, also those that hang. */
  close(): Promise<void>
}

/**
 * Starts a sandbox Intercom workspace on 127.0.0.1: the REST API 2.15 as far as penstock reads it, OAuth, and the
 * sandbox's own endpoints under /_sandbox. Rejects when the port is taken; throws a RangeError for a wrong switch.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const workspace = new Workspace(options)
  const token = options.token ?? 'sandbox-token'
  const access = new Access(token, options.tokensFile)
  const oauth = new OAuthApp(workspace, (granted) => access.grant(granted))
  const log = new RequestLog()
  const faults = new FaultPlan(options.faults)
  let url = ''
  const lists = {
    contacts: listOf(workspace, 'contacts'),
    conversations: listOf(workspace, 'conversations'),
    tickets: listOf(workspace, 'tickets'),
  }
  const parts: ApiParts = {
    workspace,
    lists,
    scroll: new CompanyScroll(workspace),
    baseUrl: () => url,
    access,
    rateLimit: new RateLimit(),
    faults,
    log,
    latencyMs: options.latencyMs ?? 0,
  }
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    readBody(request, (body) => {
      try {
        dispatch(parts, oauth, { request, response, body })
      } catch (error) {
        // A request must never end the sandbox; its status says that the fault is not one of those asked for.
        sendAnswer(request, response, problem(500, 'sandbox_failed', String(error)), workspace.behaviour)
      }
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  url = `http://127.0.0.1:${port}`
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  return { url, port, token, workspace, log, faults, close }
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly body: string
}

function dispatch(parts: ApiParts, oauth: OAuthApp, { request, response, body }: Exchange): void {
  const url = new URL(request.url ?? '/', 'http://sandbox')
  const { behaviour } = parts.workspace
  if (url.pathname.startsWith('/_sandbox/')) handleControl(parts, request, response, url, body)
  else if (request.method === 'GET' && url.pathname === '/oauth')
    sendAnswer(request, response, oauth.authorize(url.searchParams), behaviour)
  else if (request.method === 'POST' && url.pathname === '/auth/eagle/token')
    sendAnswer(request, response, oauth.token(tokenMembers(request.headers['content-type'], body)), behaviour)
  else handleApi(parts, request, response, url, body)
}

function listOf(workspace: Workspace, object: Searchable): CursorList {
  const store: RecordStore = workspace.data[object]
  return new CursorList(workspace, store, () => new RecordView(store, specialFields(object, workspace.data)))
}

function readBody(request: IncomingMessage, then: (body: string) => void): void {
  if (request.method === 'GET') {
    request.resume()
    return then('')
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => then(Buffer.concat(chunks).toString('utf8')))
}
