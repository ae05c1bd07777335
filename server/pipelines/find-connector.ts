import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadConnector } from '@penstock/connectors/load-connector.ts'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import { ManifestProblems } from '@penstock/connectors/manifest-problems.ts'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import type { Problem } from './problem.ts'

/** A connector, or why it cannot be used. */
export type FoundConnector = { readonly connector: Connector } | { readonly problems: readonly Problem[] }

const pointer = '/source/connector'
const connectorsFolder = dirname(fileURLToPath(import.meta.resolve('@penstock/connectors/package.json')))

/**
 * The connector that a document names: one that comes with Penstock, or the manifest folder at a path (anything with a slash or a leading
 * dot), counted from the document's own folder.
 */
export async function findConnector(named: string, documentFolder: string): Promise<FoundConnector> {
  const isPath = /[/\\]/.test(named) || named.startsWith('.')
  const folder = isPath ? resolve(documentFolder, named) : join(connectorsFolder, named)
  if (!(await holdsManifest(folder)))
    return { problems: [await unknownConnector(named, isPath ? folder : undefined)] }
  try {
    return { connector: await loadConnector(folder) }
  } catch (error) {
    if (!(error instanceof ManifestProblems)) throw error
    return { problems: error.problems.map((problem) => manifestProblem(named, problem)) }
  }
}

function manifestProblem(named: string, problem: ManifestProblems['problems'][number]): Problem {
  const place = [problem.file, problem.pointer].filter(Boolean).join(' ')
  return {
    pointer,
    message: `The connector ${named} is not sound: ${place}: ${problem.message}`,
    fix: problem.fix,
  }
}

async function unknownConnector(named: string, folder: string | undefined): Promise<Problem> {
  if (folder !== undefined)
    return {
      pointer,
      message: `There is no manifest.yaml in ${folder}.`,
      fix: 'Name the manifest folder by its path from this document.',
    }
  const known = await connectorNames()
  const near = nearestWord(named, known)
  return {
    pointer,
    message: `There is no connector named ${named}.`,
    fix: near
      ? `Did you mean ${near}?`
      : `Choose from: ${known.join(', ')}; or name a manifest folder by its path.`,
  }
}

async function connectorNames(): Promise<readonly string[]> {
  const entries = await readdir(connectorsFolder, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const sound = await Promise.all(folders.map((name) => holdsManifest(join(connectorsFolder, name))))
  return folders.filter((_, index) => sound[index]).toSorted()
}

async function holdsManifest(folder: string): Promise<boolean> {
  return stat(join(folder, 'manifest.yaml')).then(
    (found) => found.isFile(),
    () => false,
  )
}
