import { expect, test } from 'vitest'
import { completeRecord, fieldsMissing } from '@penstock/web/connectors/complete-record.ts'

const token = `h1:${'a'.repeat(43)}`
const rows = [
  {
    id: 1,
    words: 2,
    price: 1,
    done: true,
    note: null,
    owner: `{"email":"${token}","since":null}`,
    tags: '["a"]',
  },
  { id: 2, words: 3, price: 1.5, done: false, note: null, owner: '{"email":null,"since":4}', tags: '[]' },
]
const schema = JSON.stringify({ title: 'Note', type: 'object', properties: { id: { type: 'integer' } } })

test('what was read and stands in no record schema is told by its name', () => {
  expect(fieldsMissing(rows, ['id', 'owner.email'])).toEqual(['words', 'price', 'done', 'note', 'tags'])
  expect(fieldsMissing([], ['id'])).toEqual([])
})

test('it is added with its type, its inner fields and a mark on what came hashed', () => {
  const names = ['words', 'price', 'done', 'note', 'owner', 'tags']
  expect(JSON.parse(completeRecord(schema, rows, names) ?? '')).toEqual({
    title: 'Note',
    type: 'object',
    properties: {
      id: { type: 'integer' },
      words: { type: 'integer' },
      price: { type: 'number' },
      done: { type: 'boolean' },
      note: { type: ['string', 'null'] },
      owner: {
        type: 'object',
        properties: {
          email: { type: ['string', 'null'], 'x-sensitive': 'email' },
          since: { type: ['integer', 'null'] },
        },
      },
      tags: { type: 'array', items: { type: 'string' } },
    },
  })
})

test('a record schema that cannot be read is left as it is', () => {
  expect(completeRecord('{ "type": "object"', rows, ['words'])).toBeUndefined()
  expect(completeRecord('[]', rows, ['words'])).toBeUndefined()
})
