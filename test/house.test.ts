import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The rules of the house, so that they hold without anyone remembering them. */
const root = join(import.meta.dirname, '..')
const files = filesBelow('')
const sources = files.filter((file) => /\.tsx?$/.test(file) && !/(^|\/)generated\//.test(file))
const product = sources.filter((file) => !file.startsWith('test/'))
const importLine =
  /^\s*(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return /^(node_modules|\.git|data|dist)$/.test(entry.name) ? [] : filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function importsOf(file: string): readonly string[] {
  return [...read(file).matchAll(importLine)].map(([, from, lazy]) => from ?? lazy ?? '')
}

function importersOf(pattern: RegExp): readonly string[] {
  return product.filter((file) => importsOf(file).some((name) => pattern.test(name)))
}

describe('the house', () => {
  test('has no dumping grounds', () => {
    const dump = /(^|\/)(utils?|helpers?|common|shared|misc|lib|types|interfaces)(\/|\.tsx?$)/
    expect(sources.filter((file) => dump.test(file))).toEqual([])
  })

  test('has no long files', () => {
    expect(sources.filter((file) => read(file).split('\n').length > 301)).toEqual([])
  })

  test('has no barrels and no default exports', () => {
    expect(sources.filter((file) => basename(file).startsWith('index.'))).toEqual([])
    const configs = /(^|\/)(drizzle|vitest|vite)\.config\.ts$/
    expect(sources.filter((file) => !configs.test(file) && /^export default\b/m.test(read(file)))).toEqual([])
  })

  test('names its files in kebab-case', () => {
    expect(
      sources.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/.test(basename(file))),
    ).toEqual([])
  })

  test('imports the file it means, with .ts', () => {
    const blind = sources.flatMap((file) =>
      importsOf(file)
        .filter(
          (name) => /^(\.|@penstock\/)/.test(name) && !/\.(tsx?|json|css|mjs|(json|md)\?raw)$/.test(name),
        )
        .map((name) => `${file}: ${name}`),
    )
    expect(blind).toEqual([])
  })

  test('reads the environment in one place', () => {
    const readers = product.filter((file) =>
      /process\s*\.\s*env\b|process\[/.test(withoutComments(read(file))),
    )
    expect(readers).toEqual(['server/env.ts'])
  })

  test('goes out to the network by one door', () => {
    const doors: Readonly<Record<string, string>> = {
      'server/egress/': 'all HTTP to sources leaves here',
      'server/sandbox/': 'a server: it is called, and calls nobody',
      'server/http/': 'a server: it is called, and calls nobody',
      'server/destinations/': 'each destination speaks its own protocol',
    }
    const callers = importersOf(/^(undici|(node:)?(http|https|http2|net|tls|dgram))$/)
    expect(callers.filter((file) => !Object.keys(doors).some((door) => file.startsWith(door)))).toEqual([])
    const fetchers = product.filter(
      (file) => !file.startsWith('web/') && callsGlobalFetch(withoutComments(read(file))),
    )
    expect(fetchers).toEqual([])
  })

  test('has one way in for each layer', () => {
    expect(
      importersOf(/^drizzle-orm/).filter((file) => !/^(server\/store\/|drizzle\.config)/.test(file)),
    ).toEqual([])
    expect(
      importersOf(/^(hono|@trpc\/server)/).filter((file) =>
        /^server\/(engine|egress|destinations|pipelines)\//.test(file),
      ),
    ).toEqual([])
    const fromTest = product.filter((file) =>
      importsOf(file).some((name) => /(^|\/)test\/|@penstock\/test/.test(name)),
    )
    expect(fromTest.filter((file) => file !== 'vitest.config.ts')).toEqual([])
    const engine = product.filter((file) => file.startsWith('server/engine/'))
    const outward = /^\.\.\/(cli|destinations|pipelines|connections|sandbox|secrets|store|http|api)\//
    expect(engine.filter((file) => importsOf(file).some((name) => outward.test(name)))).toEqual([])
    const data = product.filter((file) => /^(schemas|connectors)\//.test(file))
    expect(
      data.filter((file) => importsOf(file).some((name) => name.startsWith('@penstock/server'))),
    ).toEqual([])
  })

  test('keeps routers thin, verbs free of the web, and the browser free of the server', () => {
    const routers = product.filter((file) => /^server\/api\/.*-router\.ts$/.test(file))
    expect(routers.filter((file) => importsOf(file).some((name) => /\/store\//.test(name)))).toEqual([])
    const verbs = product.filter((file) =>
      /^server\/(members|projects|connections|pipelines|changes|runs|audit|alerts|runner|store)\//.test(file),
    )
    expect(verbs.filter((file) => importsOf(file).some((name) => /^(hono|@trpc)/.test(name)))).toEqual([])
    const browser = product.filter((file) => file.startsWith('web/'))
    const values = /^\s*import\s+(?!type\b)[^'"]*?from\s*['"](@penstock\/server|\.\.\/.*\/server\/)/m
    expect(browser.filter((file) => values.test(read(file)))).toEqual([])
    expect(importersOf(/^@xyflow\//)).toEqual([])
  })

  test('asks for the shape of every answer and takes no field that it does not know', () => {
    const routers = product.filter((file) => /^server\/api\/.*-router\.ts$/.test(file))
    const calls = routers.flatMap((file) =>
      [...read(file).matchAll(/:\s*(?:public|signedIn|member)Procedure([\s\S]*?)\.(query|mutation)\(/g)].map(
        ([, chain]) => ({ file, chain }),
      ),
    )
    expect(calls.filter(({ chain }) => !chain?.includes('.output('))).toEqual([])
    const loose = product.filter(
      (file) => file.startsWith('server/api/') && /\.input\(\s*z\s*\.object\(/.test(read(file)),
    )
    expect(loose).toEqual([])
  })

  test('evaluates no text as code', () => {
    const evaluators = product.filter((file) =>
      /\beval\(|new Function\(|from 'node:vm'/.test(withoutComments(read(file))),
    )
    expect(evaluators).toEqual([])
  })

  test('keeps connectors free of code', () => {
    const folders = files.filter((file) => basename(file) === 'manifest.yaml').map((file) => dirname(file))
    const inside = files.filter((file) => folders.some((folder) => file.startsWith(`${folder}/`)))
    expect(inside.filter((file) => !/\.(yaml|json|md)$/.test(file))).toEqual([])
  })

  test('stands alone', () => {
    const own = new RegExp(['\\.\\./', 'shared\\b|/work/', 'shared'].join(''))
    const texts = files.filter((file) => /\.(ts|tsx|json|ya?ml|md|sh)$|(^|\/)run$/.test(file))
    expect(texts.filter((file) => own.test(read(file)))).toEqual([])
  })

  test('pins what it installs, and names no host for it', () => {
    expect(/:\/\//.test(read('pnpm-lock.yaml'))).toBe(false)
    expect(files.filter((file) => /(^|\/)(\.npmrc|package-lock\.json|yarn\.lock)$/.test(file))).toEqual([])
  })

  test('documents both commands, and the gate runs the tests', () => {
    expect(read('README.md')).toContain('npm start')
    expect(read('README.md')).toContain('npm test')
    expect(read('.ci/run')).toContain('npm test')
  })

  test('leaves no test switched off, and nothing to be done later', () => {
    const self = 'test/house.test.ts'
    const off = /\b(test|it|describe)\.(only|skip|todo)\(|\b(TODO|FIXME|XXX)\b/
    expect(sources.filter((file) => file !== self && off.test(read(file)))).toEqual([])
  })
})

/** What would be wrong in a file of the product, and the rule that says so. */
const planted: readonly (readonly [string, string])[] = [
  ['export default 1\n', 'no-default-export'],
  ['export const a: any = 1\n', 'no-explicit-any'],
  ['export const a = (b: string | undefined): number => b!.length\n', 'no-non-null-assertion'],
  ["console.log('x')\n", 'no-console'],
  ['export async function a(): Promise<void> {}\na()\n', 'no-floating-promises'],
  [`export const a = 1\n${'// x\n'.repeat(300)}`, 'max-lines'],
  [
    'export function a(b: 1, c: 1, d: 1, e: 1, f: 1, g: 1): number {\n  return b + c + d + e + f + g\n}\n',
    'max-params',
  ],
]

test('lint refuses what the house does not want', () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-lint-'))
  try {
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true } }))
    for (const [index, [text]] of planted.entries()) writeFileSync(join(folder, `planted-${index}.ts`), text)
    const lint = spawnSync(
      'oxlint',
      ['--type-aware', '-c', join(root, '.oxlintrc.json'), '--format', 'unix', folder],
      {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}` },
      },
    )
    const missed = planted.filter(
      ([, rule], index) =>
        !lint.stdout.split('\n').some((line) => line.includes(`planted-${index}.ts`) && line.includes(rule)),
    )
    expect(missed).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

function callsGlobalFetch(text: string): boolean {
  const ownName = /\b(function|const|let)\s+fetch\b|\bfetch\??:|[{,(]\s*fetch\s*[,})]/
  return /(?<![.#\w])fetch\(/.test(text) && !ownName.test(text)
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
}
