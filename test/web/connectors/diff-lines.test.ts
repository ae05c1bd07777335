import { diffLines } from '@penstock/web/connectors/diff-lines.ts'
import { expect, test } from 'vitest'
import { seededRandom } from '../../fakes/seeded-random.ts'

test('a changed line is told as one that went and one that came, with three lines around it', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].join('\n')
  const hunks = diffLines(before, before.replace('f', 'F'))
  expect(hunks).toHaveLength(1)
  expect(hunks[0]?.line).toBe(3)
  expect(hunks[0]?.lines.map(({ kind, text }) => `${kind[0]}${text}`)).toEqual(
    'sc sd se rf aF sg sh si'.split(' '),
  )
})

test('changes far from each other are told apart, and equal texts have none', () => {
  const lines = Array.from({ length: 40 }, (_, number) => `line ${number}`)
  const text = lines.join('\n')
  expect(diffLines(text, text)).toEqual([])
  const changed = text.replace('line 3\n', '').replace('line 30', 'another line')
  expect(diffLines(text, changed).map(({ line }) => line)).toEqual([1, 27])
})

test('a file that is new has added lines only, and one that went has removed lines only', () => {
  expect(diffLines('', 'a\nb\n')[0]?.lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'added a',
    'added b',
  ])
  expect(diffLines('a\nb\n', '')[0]?.lines.map(({ kind }) => kind)).toEqual(['removed', 'removed'])
})

test('what was removed and what stayed is the text before; what was added and what stayed is the text after', () => {
  const seed = Math.floor(Math.random() * 1e9)
  const random = seededRandom(seed)
  for (let round = 0; round < 200; round += 1) {
    const text = () =>
      Array.from({ length: 1 + random.below(30) }, () => `${random.pick(['a', 'b', 'c', 'd'])}\n`).join('')
    const [before, after] = [text(), text()]
    if (before === after) continue
    const lines = diffLines(before, after, 100).flatMap((hunk) => hunk.lines)
    const side = (gone: string) =>
      lines.flatMap(({ kind, text: one }) => (kind === gone ? [] : [`${one}\n`])).join('')
    expect({ seed, before: side('added'), after: side('removed') }).toEqual({ seed, before, after })
  }
})
