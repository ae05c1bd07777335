import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compileFromFile } from 'json-schema-to-typescript'
import { generateValidator } from './generate-validator.ts'

/**
 * Writes generated/<name>.ts, the types, for every <name>.schema.json here, and generated/accepts-<name>.ts, a validator, for those that
 * every run reads. With --check it writes nothing and exits with 1 when a generated file is not what its schema says.
 */
const here = import.meta.dirname
const check = process.argv.includes('--check')
const banner = '/* Generated from the JSON Schema of the same name by `npm run generate`. */'
const withValidator: ReadonlyMap<string, string> = new Map([
  ['checkpoint', 'acceptsCheckpoint'],
  ['pipeline', 'acceptsPipeline'],
])

await mkdir(join(here, 'generated'), { recursive: true })
const stale: string[] = []
for (const file of (await readdir(here)).filter((name) => name.endsWith('.schema.json')).sort()) {
  const name = file.replace('.schema.json', '')
  const types = await compileFromFile(join(here, file), {
    bannerComment: banner,
    additionalProperties: false,
    unknownAny: true,
    style: { semi: false, singleQuote: true, printWidth: 110 },
  })
  await keepFresh(`${name}.ts`, types)
  const validator = withValidator.get(name)
  if (validator === undefined) continue
  const schema: object = JSON.parse(await readFile(join(here, file), 'utf8'))
  await keepFresh(`accepts-${name}.ts`, generateValidator(schema, validator, banner))
}
if (stale.length > 0) {
  process.stderr.write(`Stale: ${stale.join(', ')}. Run npm run generate and commit the result.\n`)
  process.exitCode = 1
}

async function keepFresh(name: string, source: string): Promise<void> {
  const target = join(here, 'generated', name)
  const current = await readFile(target, 'utf8').catch(() => '')
  if (current === source) return
  if (check) stale.push(name)
  else await writeFile(target, source)
}
