import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suggestKeys, type SuggestSchema } from '@penstock/web/connectors/suggest-keys.ts'
import { expect, test } from 'vitest'

const file = join(import.meta.dirname, '../../../schemas/manifest.schema.json')
const schema: SuggestSchema = JSON.parse(readFileSync(file, 'utf8'))

const text = `
name: shop
title: Shop
api:
  regions:
    main:
      title: Shop
authentication:
  - type: bearer
    token: accessToken
objects:
  orders:
    title: Orders
    read:
      type: list
      request:
        path: /orders
      recordsAt: orders`

/** What is suggested behind the line with `behind`, for a line that has `begun`. */
function suggested(begun: string, behind?: string): readonly string[] {
  const lines = text.split('\n')
  const at = behind === undefined ? lines.length : lines.findIndex((line) => line.includes(behind)) + 1
  return suggestKeys(schema, [...lines.slice(0, at), begun], lines.slice(at)).map((one) => one.text)
}

test('keys are suggested where the schema has them, but for those that are there', () => {
  expect(suggested('')).toEqual(expect.arrayContaining(['rateLimits', 'scopes']))
  expect(suggested('')).not.toContain('objects')
  expect(suggested('chec', 'title: Shop')).toContain('check')
  expect(suggested('      ap', '    main:')).toContain('api')
  expect(suggested('    ', '    title: Orders')).toEqual(expect.arrayContaining(['primaryKey', 'mode']))
  expect(suggested('    ', '    title: Orders')).not.toContain('read')
})

test('what stands beside rules out the keys of other kinds of reads', () => {
  const beside = suggested('      ')
  expect(beside).toContain('pagination')
  expect(beside).not.toContain('parent')
  expect(beside).not.toContain('recordsAt')
  expect(suggested('        ', '        path: /orders')).toEqual(expect.arrayContaining(['method', 'query']))
})

test('the values of a key that has only some are suggested', () => {
  expect(suggested('    mode: ', '    title: Orders')).toEqual(expect.arrayContaining(['incremental']))
  expect(suggested('  - type: b', 'authentication:')).toEqual(expect.arrayContaining(['bearer', 'basic']))
  expect(suggested('    startDate: ', '    title: Orders')).toEqual(expect.arrayContaining(['true']))
  expect(suggested('name: ')).toEqual([])
})

test('in a list each element is a mapping of its own', () => {
  expect(suggested('    ', '    token: accessToken')).not.toContain('token')
  expect(suggested('  - ', '    token: accessToken')).toContain('token')
})

test('nothing is suggested inside braces, where anything may stand, or where it is no mapping', () => {
  expect(suggested('      query: { ', '        path: /orders')).toEqual([])
  expect(suggested('  ', 'objects:')).toEqual([])
  expect(suggested('free text here')).toEqual([])
})
