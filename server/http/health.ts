import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { errorFields } from '../log.ts'
import type { Metrics } from '../operation/measure.ts'
import type { Services } from '../services.ts'
import type { AppEnv } from './app.ts'
import { socketAddress } from './client-address.ts'

const patienceMs = 2000

/**
 * For whoever watches over the process. `/livez`: it answers. `/readyz`: its database does, too; else 503. `/metrics`: numbers for
 * Prometheus, for callers on this machine, and for those elsewhere who have PENSTOCK_METRICS_TOKEN; its own alone where its database does not answer.
 */
export function serveHealth(app: Hono<AppEnv>, services: Services, metrics: Metrics): void {
  app.get('/livez', (c) => c.text('ok\n'))
  app.get('/readyz', async (c) => {
    const ready = await isDatabaseThere(services)
    return ready ? c.text('ok\n') : c.text('The database does not answer.\n', 503)
  })
  app.get('/metrics', async (c) => {
    if (!mayRead(c, services.env.metricsToken))
      return c.text('Send PENSTOCK_METRICS_TOKEN as Authorization: Bearer.\n', 401)
    const { contentType, text } = await metrics.render({ alone: !(await isDatabaseThere(services)) })
    return c.body(text, 200, { 'Content-Type': contentType })
  })
}

async function isDatabaseThere({ database, log }: Services): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => late.resolve(false), patienceMs)
  try {
    return await Promise.race([database.raw`select 1`.then(() => true), late.promise])
  } catch (error) {
    log.warn('database.silent', errorFields(error))
    return false
  } finally {
    clearTimeout(timer)
  }
}

/**
 * A proxy on this machine passes on what comes from elsewhere, and says so in a header. A page of another site whose name its owner lets stand for
 * this machine gives itself away by that name.
 */
function mayRead(c: Context, token: string | undefined): boolean {
  const sent = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (token !== undefined) return sent !== undefined && timingSafeEqual(digest(sent), digest(token))
  const passedOn = c.req.header('x-forwarded-for') ?? c.req.header('forwarded')
  const address = socketAddress(c)
  const isHere = address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1'
  const asked = `http://${c.req.header('host') ?? 'localhost'}`
  const name = URL.canParse(asked) ? new URL(asked).hostname : ''
  return passedOn === undefined && isHere && /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(name)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
