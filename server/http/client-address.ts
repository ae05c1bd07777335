import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { Environment } from '../env.ts'

/** Where a request comes from: the connection's other end, or, behind a proxy that the operator trusts, the last address that it wrote. */
export function clientAddress(c: Context, { trustedProxy }: Environment): string | undefined {
  const forwarded = trustedProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  if (forwarded) return forwarded
  return socketAddress(c)
}

/** The connection's other end. A request that did not come over a socket (a test calling the app) has none. */
export function socketAddress(c: Context): string | undefined {
  return 'incoming' in (c.env ?? {}) ? getConnInfo(c).remote.address : undefined
}
