import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** Where journeys find the web app: a folder of their own, since someone may be looking at web/dist. */
export const builtWeb = join(root, 'node_modules/.cache/penstock/web')

/** Builds the web app once for the whole test run, so that journeys see what is in the folder, not what was built long ago. */
export function setup(): void {
  const script = join(root, 'web/build-web.ts')
  const built = spawnSync(process.execPath, [script, builtWeb], { cwd: root, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`The web app does not build:\n${built.stdout}${built.stderr}`)
}
