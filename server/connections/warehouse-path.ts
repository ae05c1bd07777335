import { createHash } from 'node:crypto'
import { mkdir, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Environment } from '../env.ts'
import { RunFailure } from '../engine/failures.ts'

/** Where the files of DuckDB destinations are, below the data directory: each workspace has its own folder in it. */
const warehouseFolder = 'warehouses'

/**
 * The file that a saved destination's `path` names: in the workspace's own folder below the data directory, or below a folder that the operator
 * listed (PENSTOCK_ALLOWED_FOLDERS). No `..` and no link leads out of it. Throws `destination_refused` for any other, with what to do.
 * Makes the folder of a file that may be.
 */
export async function warehousePath(
  { dataDir, allowedFolders }: Pick<Environment, 'dataDir' | 'allowedFolders'>,
  workspaceId: string,
  path: string,
): Promise<string> {
  if (path.includes('\0') || path.trim() === '' || /[/\\]$/.test(path))
    throw refused('That is no file’s path.')
  if (isTooLong(path)) throw refused('The name of the file, or of a folder on the way to it, is too long.')
  // DuckDB would take such a file for the log of the one beside it.
  if (/\.(?:wal|tmp)$/i.test(path)) throw refused('Names that end so are DuckDB’s own.')
  const home = resolve(dataDir, warehouseFolder, folderOf(workspaceId))
  const folders = [home, ...allowedFolders.map((folder) => resolve(folder))]
  const file = isAbsolute(path) ? resolve(path) : resolve(home, path)
  const folder = folders.find((one) => isBelow(one, file))
  if (folder === undefined)
    throw refused('The file lies outside the folders that this installation writes to.')
  if (folder === home) await mkdir(home, { recursive: true })
  const real = await realpath(folder).catch(() => undefined)
  if (real === undefined || !(await staysBelow(real, file)))
    throw refused('The folder is not there, or a link on the way to the file leads elsewhere.')
  await mkdir(dirname(file), { recursive: true })
  return file
}

/** File systems take names of 255 bytes and paths of 4,096, of which a file's neighbours (`.wal`) and the data directory need a part. */
function isTooLong(path: string): boolean {
  const bytes = path.split(/[/\\]/).map((name) => Buffer.byteLength(name))
  return Math.max(...bytes) > 240 || Buffer.byteLength(path) > 2000
}

/** Ids are the sign-in library's, who says nothing of their alphabet. */
function folderOf(workspaceId: string): string {
  const plain = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/.test(workspaceId)
  return plain ? workspaceId : createHash('sha256').update(workspaceId).digest('hex').slice(0, 32)
}

/** Where a link among the parents, or the file itself, really leads. */
async function staysBelow(folder: string, file: string): Promise<boolean> {
  const real = await nearestReal(file)
  return real === folder || isBelow(folder, real)
}

async function nearestReal(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined)
  if (real !== undefined) return real
  return path === dirname(path) ? path : join(await nearestReal(dirname(path)), basename(path))
}

function isBelow(folder: string, file: string): boolean {
  const way = relative(folder, file)
  return way !== '' && !isAbsolute(way) && way.split(sep)[0] !== '..'
}

function refused(sentence: string): RunFailure {
  return new RunFailure('destination_refused', sentence, {
    advice: `Name a file such as support.duckdb: it is kept in the data directory’s folder ${warehouseFolder}. For another folder, the operator sets PENSTOCK_ALLOWED_FOLDERS.`,
  })
}
