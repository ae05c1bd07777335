import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/** In the published folder: which assets the newest build has, as JSON. */
const listName = '.assets.json'

/**
 * Moves the files of a finished build to where servers may be serving the one before: each file is replaced as a whole, and the page last,
 * which names the others. So whoever asks meanwhile gets a whole app, the old one or the new one. Assets carry a digest in their names; those
 * of the build before stay for tabs that are open, those of older ones go. Both folders are on one file system.
 */
export async function publishBuild(fresh: string, target: string): Promise<void> {
  const before = (await readList(target)) ?? (await filesBelow(join(target, 'assets')))
  const files = await filesBelow(fresh)
  for (const file of files.toSorted((a, b) => Number(a === 'index.html') - Number(b === 'index.html'))) {
    await mkdir(dirname(join(target, file)), { recursive: true })
    await rename(join(fresh, file), join(target, file))
  }
  const assets = files.filter((file) => dirname(file) === 'assets').map((file) => relative('assets', file))
  // Built anew from the same sources: the build before is still the one that open tabs may have.
  if (assets.toSorted().join() === before.toSorted().join()) return
  const kept = new Set([...assets, ...before])
  for (const file of await filesBelow(join(target, 'assets')))
    if (!kept.has(file)) await rm(join(target, 'assets', file), { force: true })
  await writeFile(join(target, listName), JSON.stringify(assets))
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

async function readList(target: string): Promise<readonly string[] | undefined> {
  try {
    const list: unknown = JSON.parse(await readFile(join(target, listName), 'utf8'))
    return Array.isArray(list) ? list.map(String) : undefined
  } catch {
    return undefined
  }
}
