import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8')

test('every setting of an operator stands in docs/operations.md', () => {
  const rows = read('server/env.ts').matchAll(/^ \* \| ([A-Z_, ]+) \|/gm)
  const names = [...rows].flatMap(([, cell = '']) => cell.split(',').map((name) => name.trim()))
  const elsewhere = new Set([
    'INIT_CWD',
    'NO_COLOR',
    'FORCE_COLOR',
    'PENSTOCK_INTERCOM_CLIENT_ID',
    '_CLIENT_SECRET',
  ])
  const page = read('docs/operations.md')
  expect(names.length).toBeGreaterThan(15)
  expect(names.filter((name) => !elsewhere.has(name) && !page.includes(`\`${name}\``))).toEqual([])
})
