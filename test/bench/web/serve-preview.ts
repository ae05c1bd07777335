import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** The canvas and the field grid by themselves, with as large a document as the address asks for. */
export interface ServedPreview {
  readonly url: string
  close(): void
}

/** Builds test/journeys/editor-preview for production and serves it on this machine. */
export async function servePreview(): Promise<ServedPreview> {
  const built = mkdtempSync(join(tmpdir(), 'penstock-bench-web-'))
  const config = join(root, 'test/journeys/editor-preview/vite.config.mjs')
  const args = ['build', '--config', config, '--outDir', built, '--logLevel', 'error']
  const vite = spawnSync(join(root, 'web/node_modules/.bin/vite'), args, { cwd: root, encoding: 'utf8' })
  if (vite.status !== 0) throw new Error(vite.stdout + vite.stderr)
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = pathname === '/' ? '/index.html' : pathname
    response.setHeader('content-type', types[extname(file)] ?? 'text/plain')
    response.end(readFileSync(join(built, file)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`,
    close: () => {
      server.close()
      rmSync(built, { recursive: true, force: true })
    },
  }
}
