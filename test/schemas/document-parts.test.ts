import { readFileSync } from 'node:fs'
import { documentParts } from '@penstock/schemas/document-parts.ts'
import { expect, test } from 'vitest'

test('a document is written in the order in which its schema explains it, and nothing of it is forgotten', () => {
  const path = new URL('../../schemas/pipeline.schema.json', import.meta.url)
  expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')).properties)).toEqual(documentParts)
})
