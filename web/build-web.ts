/**
 * Builds the web app: `node web/build-web.ts [FOLDER]`, by default into `web/dist`. Servers that serve the folder go on with whole files.
 */
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { publishBuild } from './publish-build.ts'

const prefix = '.build-'
/** No build takes so long: what is older was left behind by one that was killed. */
const leftAfterMs = 60 * 60_000

const target = resolve(process.argv[2] ?? join(import.meta.dirname, 'dist'))
await mkdir(target, { recursive: true })
for (const name of await readdir(target)) {
  const folder = join(target, name)
  if (name.startsWith(prefix) && Date.now() - (await stat(folder)).mtimeMs > leftAfterMs)
    await rm(folder, { recursive: true, force: true })
}
const fresh = await mkdtemp(join(target, prefix))
try {
  await build({ root: import.meta.dirname, logLevel: 'warn', build: { outDir: fresh, emptyOutDir: true } })
  await publishBuild(fresh, target)
} finally {
  await rm(fresh, { recursive: true, force: true })
}
