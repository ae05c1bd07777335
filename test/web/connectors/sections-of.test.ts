import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sectionsOf } from '@penstock/web/connectors/sections-of.ts'

test('the guide to a manifest is cut at its headings, so that each part can be gone to, and loses nothing', () => {
  const readme = readFileSync(new URL('../../../connectors/README.md', import.meta.url), 'utf8')
  const guide = readme.slice(readme.indexOf('## A whole connector'))
  const sections = sectionsOf(guide)
  const titles = sections.map(({ title }) => title)
  expect(titles).toEqual(expect.arrayContaining(['A whole connector', 'authentication', 'The record schema']))
  expect(new Set(titles).size).toBe(titles.length)
  expect(sections.map(({ text }) => text).join('\n')).toBe(guide)
})

test('a comment in an example is no heading', () => {
  expect(sectionsOf('## One\n```yaml\n## not this\n```\n### Two')).toEqual([
    { title: 'One', text: '## One\n```yaml\n## not this\n```' },
    { title: 'Two', text: '### Two' },
  ])
})
