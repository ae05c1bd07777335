import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMarkdown } from '@penstock/web/ui/markdown-blocks.ts'
import { expect, test } from 'vitest'

test('a guide is taken apart into headings, code, tables, lists and paragraphs', () => {
  const text = `# How
One paragraph,
on two lines.
1. first
2. second,
   on two lines
\`\`\`yaml
a: 1 # | no table

b: 2
\`\`\`
| key | says |
|---|---|
| \`a\` | one |
- [a link](elsewhere.md)`
  expect(readMarkdown(text)).toEqual([
    { kind: 'heading', level: 1, text: 'How' },
    { kind: 'paragraph', text: 'One paragraph, on two lines.' },
    { kind: 'list', ordered: true, items: ['first', 'second, on two lines'] },
    { kind: 'code', text: 'a: 1 # | no table\n\nb: 2' },
    { kind: 'table', head: ['key', 'says'], rows: [['`a`', 'one']] },
    { kind: 'list', ordered: false, items: ['[a link](elsewhere.md)'] },
  ])
})

test('the guide for connectors, which the app shows from its example on, has no line that would stand there in marks', () => {
  const blocks = readMarkdown(
    readFileSync(join(import.meta.dirname, '../../../connectors/README.md'), 'utf8'),
  )
  const plain = blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []))
  expect(plain.filter((text) => /^(?:[#|>]|```)/.test(text))).toEqual([])
  expect(blocks).toContainEqual({ kind: 'heading', level: 2, text: 'A whole connector' })
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block] : []))
  expect(tables.length).toBeGreaterThan(5)
  expect(tables.filter(({ head, rows }) => rows.some((cells) => cells.length !== head.length))).toEqual([])
})
