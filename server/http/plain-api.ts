import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape } from '@trpc/server'
import type { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { Context, Hono } from 'hono'
import { ruleOf } from '../api/policy.ts'
import { appRouter } from '../api/router.ts'
import type { RequestContext } from '../api/trpc.ts'
import { identify } from '../members/identify.ts'
import type { Services } from '../services.ts'
import type { AppEnv } from './app.ts'
import { readProcedures } from './procedure-schemas.ts'

/**
 * The API for programs without its client: `POST /api/<area>/<procedure>` with the input as JSON answers the output as JSON. It is the same
 * router, so the same policy, checks and words. What goes wrong is answered as
 * `{ "error": { "code", "message", "details"?, "problems"? } }` with the status that fits. Live streams are not offered here.
 */
export function servePlainApi(app: Hono<AppEnv>, services: Services): void {
  const kinds = new Map(readProcedures(appRouter).map(({ path, type }) => [path, type]))
  app.post('/api/:area/:procedure', async (c) => {
    const path = `${c.req.param('area')}.${c.req.param('procedure')}`
    const type = kinds.get(path)
    if (type === undefined || type === 'subscription' || ruleOf(path) === undefined)
      return c.json(refusal('NOT_FOUND', noProcedure), 404)
    const body = await readInput(c)
    if (!body.ok) return c.json(refusal('BAD_REQUEST', body.message), 400)
    const identity = await identify(services, c.req.raw.headers, c.var.request)
    const ctx: RequestContext = { services, request: c.var.request, identity }
    try {
      const output: unknown = await callTRPCProcedure({
        router: appRouter,
        path,
        type,
        ctx,
        getRawInput: async () => body.input,
        signal: c.req.raw.signal,
        batchIndex: 0,
      })
      return c.json(output ?? null)
    } catch (thrown) {
      const error = getTRPCErrorFromUnknown(thrown)
      const { data, message } = getTRPCErrorShape({
        config: appRouter._def._config,
        error,
        type,
        path,
        input: undefined,
        ctx,
      })
      return c.json(
        { error: { code: data.code, message, details: data.details, problems: data.problems } },
        statusOf(error),
      )
    }
  })
  app.all('/api/:area/:procedure', (c) => {
    if (!kinds.has(`${c.req.param('area')}.${c.req.param('procedure')}`))
      return c.json(refusal('NOT_FOUND', noProcedure), 404)
    const message = 'A procedure is called with POST, and with its input as JSON.'
    return c.json(refusal('METHOD_NOT_SUPPORTED', message), 405, { Allow: 'POST' })
  })
  app.all('/api/*', (c) => c.json(refusal('NOT_FOUND', noProcedure), 404))
}

/** An empty body is no input. Only JSON is read: a form of another site cannot send it. */
async function readInput(
  c: Context<AppEnv>,
): Promise<{ ok: true; input: unknown } | { ok: false; message: string }> {
  const text = await c.req.text()
  if (text === '') return { ok: true, input: undefined }
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? ''))
    return { ok: false, message: 'Send the input as JSON, with Content-Type: application/json.' }
  try {
    const input: unknown = JSON.parse(text)
    return { ok: true, input }
  } catch {
    return { ok: false, message: 'The body is not JSON.' }
  }
}

const noProcedure = 'There is no such procedure. See /api/openapi.json.'

/** What a request is answered that reaches no procedure: the same words as a procedure's own refusal, in the same place. */
export function refusal(code: string, message: string): { error: { code: string; message: string } } {
  return { error: { code, message } }
}

/** The status that fits an error. */
export function statusOf(error: TRPCError): 400 | 401 | 403 | 404 | 409 | 422 | 429 | 500 | 503 {
  const status = getHTTPStatusCodeFromError(error)
  switch (status) {
    case 400:
    case 401:
    case 403:
    case 404:
    case 409:
    case 422:
    case 429:
    case 503:
      return status
    default:
      return 500
  }
}
