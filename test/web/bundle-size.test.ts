import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
}

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'penstock-web-'))
let chunks: ReadonlyMap<string, Chunk> = new Map()

beforeAll(() => {
  const vite = join(root, 'web/node_modules/vite/bin/vite.js')
  const build = spawnSync(
    process.execPath,
    [
      vite,
      'build',
      join(root, 'web'),
      '--outDir',
      folder,
      '--emptyOutDir',
      '--manifest',
      '--logLevel',
      'error',
    ],
    { encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  )
  if (build.status !== 0) throw new Error(build.stderr)
  chunks = new Map(Object.entries(JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the first page needs at most 220 kB of JavaScript', () => {
  expect(kilobytes(initial())).toBeLessThanOrEqual(220)
})

test('the editor needs at most 170 kB of JavaScript more', () => {
  expect(kilobytes(beyondInitial('app/editor-screen.tsx'))).toBeLessThanOrEqual(170)
})

test('the page of a connector needs at most 160 kB of JavaScript more', () => {
  expect(kilobytes(beyondInitial('app/connector-screen.tsx'))).toBeLessThanOrEqual(160)
})

test('the page asks for no script that the content security policy would refuse', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/)
  expect(page).not.toMatch(/\son\w+=|javascript:|<style/)
})

function initial(): ReadonlySet<string> {
  return withImports([...chunks].flatMap(([name, { isEntry }]) => (isEntry ? [name] : [])))
}

function beyondInitial(name: string): ReadonlySet<string> {
  expect(chunks.has(name)).toBe(true)
  return withImports([name]).difference(initial())
}

/** The chunks, and all that they import before they can run. */
function withImports(names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (name: string): void => {
    if (found.has(name)) return
    found.add(name)
    chunks.get(name)?.imports?.forEach(visit)
  }
  names.forEach(visit)
  return found
}

function kilobytes(names: ReadonlySet<string>): number {
  const sizes = [...names].map(
    (name) => gzipSync(readFileSync(join(folder, chunks.get(name)?.file ?? ''))).length,
  )
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 100) / 10
}
