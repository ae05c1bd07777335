import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { Environment } from '../env.ts'
import type { AppEnv } from './app.ts'

const built = fileURLToPath(new URL('../../web/dist', import.meta.url))

/**
 * Serves the built editor. Its files carry a digest in their names and never change; any other path is a screen of the app, whose page
 * decides what it shows, so that a link into it works. Without a build there is a sentence that says how to make one.
 */
export function serveWeb(app: Hono<AppEnv>, { webFolder }: Environment): void {
  const dist = webFolder ?? built
  const root = relative(process.cwd(), dist) || '.'
  app.use('/assets/*', compress())
  app.use(
    '/assets/*',
    serveStatic({
      root,
      onFound: (_, c) => c.header('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
  )
  for (const file of ['/favicon.svg', '/theme.js']) app.use(file, serveStatic({ root }))
  app.get('*', async (c) => {
    if (/^\/(api|trpc|oauth|assets)\//.test(c.req.path))
      return c.json({ message: 'There is nothing here.' }, 404)
    if (!existsSync(`${dist}/index.html`))
      return c.text('The web app is not built yet. Run: npm run build', 503)
    c.header('Cache-Control', 'no-cache')
    return c.html(await readFile(`${dist}/index.html`, 'utf8'))
  })
}
