import { randomUUID } from 'node:crypto'
import { trpcServer } from '@hono/trpc-server'
import { getTRPCErrorFromUnknown } from '@trpc/server'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { answerError } from '../api/answer-error.ts'
import { appRouter } from '../api/router.ts'
import type { RequestFacts } from '../actor.ts'
import { identify } from '../members/identify.ts'
import type { Services } from '../services.ts'
import { serveAuth } from './auth-routes.ts'
import { clientAddress } from './client-address.ts'
import { serveHealth } from './health.ts'
import { limitBody } from './limit-body.ts'
import { logRequests } from './log-requests.ts'
import { openMetrics } from '../operation/measure.ts'
import { serveOAuthCallback } from './oauth-callback.ts'
import { serveApiDescription } from './openapi.ts'
import { refusal, servePlainApi, statusOf } from './plain-api.ts'
import { refuseForeignOrigins } from './refuse-foreign-origins.ts'
import { serveWeb } from './serve-web.ts'

/** What a request carries through the app. */
export interface AppEnv {
  readonly Variables: { readonly request: RequestFacts }
}

/** The whole HTTP face of Penstock. Everything that is not mounted here answers 404. */
export function buildApp(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  app.use(secureHeaders({ ...headerRules, strictTransportSecurity: transportRule(services.env.publicUrl) }))
  app.use(limitBody)
  app.use(async (c, next) => {
    const requestId = randomUUID()
    c.set('request', { headers: c.req.raw.headers, ip: clientAddress(c, services.env), requestId })
    c.header('X-Request-Id', requestId)
    await next()
  })
  const metrics = openMetrics(services)
  app.use(logRequests(services.log, metrics))
  app.use(refuseForeignOrigins(services.env.publicUrl))
  serveHealth(app, services, metrics)
  serveAuth(app, services)
  serveApiDescription(app, services)
  app.use(
    '/trpc/*',
    trpcServer({
      router: appRouter,
      createContext: async (_, c) => {
        const { request } = c.var
        try {
          return { services, request, identity: await identify(services, request.headers, request) }
        } catch (error) {
          // Nobody else says it in our words: what a statement was asked is no answer for anyone.
          throw answerError(getTRPCErrorFromUnknown(error), { services, request })
        }
      },
    }),
  )
  servePlainApi(app, services)
  serveOAuthCallback(app, services)
  serveWeb(app, services.env)
  app.onError((thrown, c) => {
    const error = answerError(getTRPCErrorFromUnknown(thrown), { services, request: c.var.request })
    return c.json(refusal(error.code, error.message), statusOf(error))
  })
  return app
}

/**
 * Where people reach Penstock with encryption, a browser that was here once asks for it by itself, for a year. Of the names below this one the
 * operator may have others without.
 */
function transportRule(publicUrl: string): string | false {
  return publicUrl.startsWith('https:') && 'max-age=31536000'
}

/** No inline script, nothing from elsewhere, in nobody's frame. */
const headerRules = {
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    styleSrc: ["'self'", "'unsafe-inline'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'no-referrer',
}
