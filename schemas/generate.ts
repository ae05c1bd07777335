import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compileFromFile } from 'json-schema-to-typescript'

/**
 * Writes generated/<name>.ts for every <name>.schema.json here. With --check it writes nothing and exits with 1
 * when a generated file is not what its schema says.
 */
const here = import.meta.dirname
const check = process.argv.includes('--check')
const banner = '/* Generated from the JSON Schema of the same name by `npm run generate`. */'

await mkdir(join(here, 'generated'), { recursive: true })
const stale: string[] = []
for (const file of (await readdir(here)).filter((name) => name.endsWith('.schema.json')).sort()) {
  const source = await compileFromFile(join(here, file), {
    bannerComment: banner,
    additionalProperties: false,
    unknownAny: true,
    style: { semi: false, singleQuote: true, printWidth: 110 },
  })
  const target = join(here, 'generated', file.replace('.schema.json', '.ts'))
  const current = await readFile(target, 'utf8').catch(() => '')
  if (current === source) continue
  if (check) stale.push(file)
  else await writeFile(target, source)
}
if (stale.length > 0) {
  process.stderr.write(`Stale: ${stale.join(', ')}. Run npm run generate and commit the result.\n`)
  process.exitCode = 1
}
