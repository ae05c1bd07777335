import { emptyShare, shortText, wholeText } from '@penstock/web/editor/frame/preview-facts.ts'
import { move } from '@penstock/web/editor/frame/use-cell-keys.ts'
import { expect, test } from 'vitest'

test('keys move through the preview as through every grid, and never out of it', () => {
  const last = { row: 49, column: 3 }
  expect(move('ArrowDown', { row: 49, column: 1 }, last)).toEqual({ row: 49, column: 1 })
  expect(move('ArrowLeft', { row: 4, column: 0 }, last)).toEqual({ row: 4, column: 0 })
  expect(move('PageDown', { row: 0, column: 2 }, last)).toEqual({ row: 10, column: 2 })
  expect(move('End', { row: 7, column: 0 }, last)).toEqual({ row: 7, column: 3 })
  expect(move('Mod+End', { row: 0, column: 0 }, last)).toEqual(last)
  expect(move('X', { row: 0, column: 0 }, last)).toBeUndefined()
})

test('a value is short in its cell and whole where it is looked at; JSON that was cut stays as it is', () => {
  expect(shortText(`<b>${'x'.repeat(300)}`)).toHaveLength(122)
  expect(wholeText('{"a":[1]}', 'json')).toBe('{\n  "a": [\n    1\n  ]\n}')
  expect(wholeText('{"a":[1', 'json')).toBe('{"a":[1')
  expect(wholeText('{"a":1}', 'text')).toBe('{"a":1}')
})

test('a field’s empty share counts what the records do not have', () => {
  expect(emptyShare([{ a: null }, {}, { a: 0 }, { a: '' }], 'a')).toBe(0.5)
  expect(emptyShare([], 'a')).toBe(0)
})
