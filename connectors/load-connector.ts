import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { checkMeaning } from './check-meaning.ts'
import { ManifestProblems } from './manifest-problems.ts'
import { readConnector, type Connector } from './read-connector.ts'

export type { Connector } from './read-connector.ts'

/** Reads and checks the connector in `folder`. Throws `ManifestProblems` with every problem. */
export async function loadConnector(folder: string): Promise<Connector> {
  const { connector, problems } = await readConnector(folder)
  const all = connector ? [...problems, ...checkMeaning(connector)] : problems
  if (!connector || all.length > 0) throw new ManifestProblems(folder, all)
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
