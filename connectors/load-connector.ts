import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isKept, keepConnector, recallConnector } from './kept-connector.ts'
import { ManifestProblems } from './manifest-problems.ts'
import type { Connector } from './read-connector.ts'

export type { Connector } from './read-connector.ts'

/**
 * Reads and checks the connector in `folder`. Throws `ManifestProblems` with every problem. One that comes with Penstock, and has not
 * changed since it was last found to be sound, is not checked again.
 */
export async function loadConnector(folder: string): Promise<Connector> {
  const known = isKept(folder) ? await recallConnector(folder) : undefined
  if (known) return known
  const [{ readConnector }, { checkMeaning }] = await Promise.all([
    import('./read-connector.ts'),
    import('./check-meaning.ts'),
  ])
  const { connector, problems, texts } = await readConnector(folder)
  const all = connector ? [...problems, ...checkMeaning(connector)] : problems
  if (!connector || all.length > 0) throw new ManifestProblems(folder, all)
  if (isKept(folder)) await keepConnector(connector, texts)
  return connector
}

/** The connectors that come with Penstock, by name: every folder beside this file that has a manifest.yaml. */
export async function listConnectors(): Promise<readonly Connector[]> {
  const entries = await readdir(import.meta.dirname, { withFileTypes: true })
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(import.meta.dirname, entry.name))
  const connectors: Connector[] = []
  for (const folder of folders.toSorted()) {
    if (await hasManifest(folder)) connectors.push(await loadConnector(folder))
  }
  return connectors
}

async function hasManifest(folder: string): Promise<boolean> {
  const file = await stat(join(folder, 'manifest.yaml')).catch(() => undefined)
  return file?.isFile() ?? false
}
