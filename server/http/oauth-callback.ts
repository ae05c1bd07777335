import { html } from 'hono/html'
import type { Context, Hono } from 'hono'
import { actorOf } from '../actor.ts'
import type { Identity } from '../actor.ts'
import { describeAttempt } from '../connections/describe-attempt.ts'
import { finishOAuth } from '../connections/finish-oauth.ts'
import { DomainError } from '../domain-error.ts'
import { identify } from '../members/identify.ts'
import type { Services } from '../services.ts'
import type { AppEnv } from './app.ts'

/**
 * Where an API's consent page sends the browser back to. The address with the code is left at once for one that names the attempt only, so
 * that neither code nor state stays in the history; that page tells the dialog that waits, and closes itself.
 */
export function serveOAuthCallback(app: Hono<AppEnv>, services: Services): void {
  app.get('/oauth/callback', async (c) => {
    c.header('Cache-Control', 'no-store')
    const identity = await identify(services, c.req.raw.headers, c.var.request)
    const { state, code, error } = c.req.query()
    const caller = { services, identity, request: c.var.request }
    const finished = await finishOAuth(caller, { state, code, error })
    if (finished.attemptId === undefined)
      return c.html(page({ title: 'Not connected', sentence: unknownState }), 400)
    const replayed = finished.outcome === 'replayed' ? '&replayed=1' : ''
    return c.redirect(`/oauth/done?attempt=${finished.attemptId}${replayed}`, 303)
  })
  app.get('/oauth/done', async (c) => {
    c.header('Cache-Control', 'no-store')
    const identity = await identify(services, c.req.raw.headers, c.var.request)
    if (!identity?.member) return c.html(page({ title: 'Sign in', sentence: signIn }), 401)
    return await showEnd(c, { services, identity: { ...identity, member: identity.member } })
  })
  app.get('/oauth/done.js', (c) => {
    c.header('Content-Type', 'text/javascript; charset=utf-8')
    return c.body(script)
  })
}

interface Member {
  readonly services: Services
  readonly identity: Identity & { readonly member: NonNullable<Identity['member']> }
}

async function showEnd(c: Context<AppEnv>, { services, identity }: Member) {
  const attemptId = c.req.query('attempt') ?? ''
  if (!/^[0-9a-f-]{36}$/.test(attemptId))
    return c.html(page({ title: 'Not connected', sentence: unknownState }), 400)
  const actor = actorOf(identity, c.var.request, services)
  try {
    const { state, message } = await describeAttempt(actor, { attemptId })
    const title = state === 'succeeded' ? 'Connected' : 'Not connected'
    const sentence = c.req.query('replayed') ? `${replay} ${message}` : message
    return c.html(page({ title, sentence, attemptId }))
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return c.html(page({ title: 'Not connected', sentence: unknownState }), 404)
  }
}

const unknownState =
  'This address belongs to no attempt to connect. Begin again from the connection’s dialog.'
const signIn = 'You are not signed in any more. Sign in, then connect again.'
const replay = 'This answer of the API was used before, and counts once.'

/** Small, without a script of its own: the policy against foreign scripts holds here, too. */
function page({ title, sentence, attemptId }: { title: string; sentence: string; attemptId?: string }) {
  return html`<!doctype html>
    <html lang="en" data-attempt="${attemptId ?? ''}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} · Penstock</title>
        <style>
          body {
            font:
              16px/1.5 system-ui,
              sans-serif;
            max-width: 34em;
            margin: 15vh auto;
            padding: 0 1em;
            color-scheme: light dark;
          }
        </style>
        <script src="/oauth/done.js" defer></script>
      </head>
      <body>
        <h1>${title}</h1>
        <p>${sentence}</p>
        <p><a href="/connections">Back to Penstock</a></p>
      </body>
    </html>`
}

/** The dialog may be in another window of which this one knows nothing: a channel reaches it where an opener would be lost. */
const script = `const { attempt } = document.documentElement.dataset
if (attempt) {
  const channel = new BroadcastChannel('penstock-oauth')
  channel.postMessage({ attemptId: attempt })
  setTimeout(() => window.close(), 150)
}
`
