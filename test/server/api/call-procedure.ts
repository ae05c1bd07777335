import { randomUUID } from 'node:crypto'
import { callTRPCProcedure, getTRPCErrorFromUnknown } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { appRouter } from '@penstock/server/api/router.ts'
import { identify } from '@penstock/server/members/identify.ts'
import { listProcedures } from './list-procedures.ts'
import type { Caller, MatrixWorld } from './matrix-world.ts'

export interface ApiCaller {
  call(path: string, caller: Caller, input: unknown): Promise<{ status: number; text: string }>
}

/** Calls procedures over plain HTTP; live streams, which are not offered there, through the router, by the same headers. */
export function openApi({ client, server: { services } }: MatrixWorld): ApiCaller {
  const streams = new Set(
    listProcedures().flatMap(({ path, type }) => (type === 'subscription' ? [path] : [])),
  )
  return {
    call: async (path, caller, input) =>
      streams.has(path)
        ? await openStream(path, caller, input)
        : await client.call(`/api/${path.replace('.', '/')}`, input, caller.headers),
  }

  async function openStream(path: string, caller: Caller, input: unknown) {
    const headers = new Headers(caller.headers)
    const request = { headers, ip: '192.0.2.1', requestId: randomUUID() }
    const abort = new AbortController()
    try {
      await callTRPCProcedure({
        router: appRouter,
        path,
        type: 'subscription',
        ctx: { services, request, identity: await identify(services, headers) },
        getRawInput: async () => input,
        signal: abort.signal,
        batchIndex: 0,
      })
      return { status: 200, text: '' }
    } catch (error) {
      const trpc = getTRPCErrorFromUnknown(error)
      return { status: getHTTPStatusCodeFromError(trpc), text: trpc.message }
    } finally {
      abort.abort()
    }
  }
}
