import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Builds the web app once for the whole test run, so that journeys see what is in the folder, not what was built long ago. */
export function setup(): void {
  const root = join(import.meta.dirname, '../..')
  const built = spawnSync(join(root, 'web/node_modules/.bin/vite'), ['build', 'web', '--logLevel', 'error'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`The web app does not build:\n${built.stdout}${built.stderr}`)
}
