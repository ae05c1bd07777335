import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publishBuild } from '@penstock/web/publish-build.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
let target: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-publish-'))
  target = join(folder, 'dist')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A finished build whose page names these assets. */
async function buildOf(assets: readonly string[]): Promise<string> {
  const fresh = await mkdtemp(join(folder, 'fresh-'))
  await mkdir(join(fresh, 'assets'))
  await writeFile(join(fresh, 'index.html'), assets.join())
  await writeFile(join(fresh, 'theme.js'), assets.join())
  for (const name of assets) await writeFile(join(fresh, 'assets', name), name)
  return fresh
}

const publish = async (...assets: string[]) => await publishBuild(await buildOf(assets), target)
const page = async () => await readFile(join(target, 'index.html'), 'utf8')
const assets = async () => (await readdir(join(target, 'assets'))).toSorted()

test('a tab that was opened before a build finds its files after it, and after the same build again; older ones go', async () => {
  await publish('one.js', 'same.js')
  await publish('two.js', 'same.js')
  await publish('two.js', 'same.js')
  expect([await page(), await assets()]).toEqual(['two.js,same.js', ['one.js', 'same.js', 'two.js']])
  await publish('three.js')
  expect([await page(), await assets()]).toEqual(['three.js', ['same.js', 'three.js', 'two.js']])
})

test('a build that cannot be put in place leaves the page as it was, with the files that it names', async () => {
  await publish('one.js')
  await mkdir(join(target, 'assets', 'two.js'))
  await expect(publish('two.js')).rejects.toThrow('EISDIR')
  expect(await page()).toBe('one.js')
  expect(await readFile(join(target, 'assets', 'one.js'), 'utf8')).toBe('one.js')
})
