import { expect, test } from 'vitest'
import { catalogue, withoutMarks, withQuotedSetOff } from '../../../web/strings/catalogue.ts'

const words = catalogue({
  remove: (name: string, tables: number) => `Delete ${name}, ${tables} tables?`,
  also: (names: readonly string[]) => `Also here: ${names.join(', ')}`,
  failed: (why: string) => `It failed: ${why}`,
  fix: (key: string) => ({ message: `${key} is missing.` }),
})
const [isolate, leftToRight, end] = ['\u2068', '\u2066', '\u2069']

test('a name that is written from right to left does not turn round the sentence that it stands in', () => {
  expect(words.remove('שלום', 3)).toBe(`Delete ${isolate}שלום${end}, 3 tables?`)
  expect(words.also(['Grace', 'مريم'])).toBe(`Also here: Grace, ${isolate}مريم${end}`)
  expect(words.fix('שם')).toEqual({ message: `${isolate}שם${end} is missing.` })
})

test('a sentence with such a name in it runs as our sentences do', () => {
  expect(words.failed('שלום is not there.')).toBe(`It failed: ${leftToRight}שלום is not there.${end}`)
})

test('a sentence of the server has its names set off where it puts them between quotation marks', () => {
  expect(withQuotedSetOff('“שלום” and “مريم” have 3 tables; “Shop” has 2.')).toBe(
    `“${isolate}שלום${end}” and “${isolate}مريم${end}” have 3 tables; “Shop” has 2.`,
  )
})

test('other texts have no marks in them, and what is kept as a name has none either', () => {
  expect(words.remove('Zoë & 日本語', 3)).toBe('Delete Zoë & 日本語, 3 tables?')
  expect(withoutMarks(words.remove('שלום', 3))).toBe('Delete שלום, 3 tables?')
})
