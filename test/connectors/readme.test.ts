import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkConnector } from '@penstock/connectors/check-connector.ts'
import { readYaml } from '@penstock/connectors/read-yaml.ts'
import { parseManifest } from '@penstock/schemas/parse.ts'
import { writeConnector } from './write-connector.ts'

const folder = join(import.meta.dirname, '../../connectors')
const readme = await readFile(join(folder, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/```(?<language>yaml|json)\n(?<text>[^]*?)```/g)].map(({ groups }) => ({
  language: groups?.['language'] ?? '',
  text: groups?.['text'] ?? '',
}))

test('the whole connector in the README is sound', async () => {
  const manifest = blocks.find(({ text }) => text.startsWith('# shop/manifest.yaml'))?.text ?? ''
  const [order, orderTag] = blocks.filter(({ language }) => language === 'json').map(({ text }) => text)
  const files = {
    'manifest.yaml': manifest,
    'records/order.schema.json': order,
    'records/order-tag.schema.json': orderTag,
  }
  expect(await checkConnector(await writeConnector(files))).toEqual([])
})

test('every way to authenticate, checkpoint and region in the README is as the schema says', () => {
  const part = (start: string) => blocks.find(({ text }) => text.startsWith(start))?.text ?? ''
  const checkpoints = part('checkpoint:').trim().split('\n')
  expect(checkpoints.length).toBeGreaterThan(3)
  for (const checkpoint of checkpoints) {
    const manifest = {
      name: 'x',
      title: 'X',
      ...Object(valueOf(part('api:'))),
      ...Object(valueOf(part('rateLimits:'))),
      authentication: valueOf(part('- { type: bearer')),
      check: { request: { path: '/' } },
      objects: {
        listed: object(part('read:\n  type: list'), checkpoint),
        children: object(part('read:\n  type: children')),
        derived: object(part('read:\n  type: derived')),
        asked: { ...object(part('read:\n  type: list')), ...Object(withRequest(part('request:'))) },
      },
    }
    expect(parseManifest(manifest)).toHaveProperty('value')
  }
})

test('every form of pagination in the README is as the schema says', () => {
  const forms = [...readme.matchAll(/^\| `(?<form>\{ type: [^`]*)`/gm)].map(
    ({ groups }) => groups?.['form'] ?? '',
  )
  expect(forms).toHaveLength(8)
  for (const form of forms) {
    const read = { type: 'list', request: { path: '/' }, recordsAt: '', pagination: valueOf(form) }
    const manifest = {
      name: 'x',
      title: 'X',
      api: { regions: { x: { title: 'X', api: 'https://x.example' } } },
      authentication: [{ type: 'bearer', token: 'token' }],
      check: { request: { path: '/' } },
      objects: { listed: { ...object(''), read } },
    }
    expect(parseManifest(manifest)).toHaveProperty('value')
  }
})

test('every key of the manifest language is explained in the README', async () => {
  const schema: unknown = JSON.parse(await readFile(join(folder, '../schemas/manifest.schema.json'), 'utf8'))
  const words = new Set(readme.match(/[\w-]+/g))
  expect([...keysOf(schema)].filter((key) => !words.has(key))).toEqual([])
})

function object(read: string, ...more: readonly string[]): object {
  const parts = [read, ...more].filter((part) => part !== '').map((part) => Object(valueOf(part)))
  return Object.assign(
    { title: 'X', mode: 'incremental', primaryKey: ['id'], record: 'x.schema.json' },
    ...parts,
  )
}

function withRequest(request: string): object {
  return { read: { type: 'list', recordsAt: '', pagination: { type: 'none' }, ...Object(valueOf(request)) } }
}

function valueOf(text: string): unknown {
  const answer = readYaml(text)
  if ('refused' in answer) throw new Error(`${JSON.stringify(answer.refused)}\n${text}`)
  return answer.value
}

/** The names of all properties that a schema describes. */
function* keysOf(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') yield* Object.keys(Object(value))
    yield* keysOf(value)
  }
}
