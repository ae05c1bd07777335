import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Markdown } from '@penstock/web/ui/markdown.tsx'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'

const draw = (text: string): string => renderToStaticMarkup(createElement(Markdown, { text }))

test('a guide of somebody else’s cannot put anything but text on the page', () => {
  const page = draw('A [link](javascript:alert(1)), <img src=x onerror=alert(1)>, ![picture](x) and `<b>`.')
  expect(page).not.toMatch(/<(?:a|img|b)\b/)
  expect(page).toContain('A link, &lt;img src=x onerror=alert(1)&gt;, picture and <code')
})

test('nothing of the guide for connectors, which the app shows, stays in marks', () => {
  const page = draw(readFileSync(join(import.meta.dirname, '../../../connectors/README.md'), 'utf8'))
  const plain = page.replaceAll(/<(pre|code)\b.*?<\/\1>/gs, '').replaceAll(/<[^>]*>/g, '\n')
  expect(plain).toContain('A whole connector')
  expect(page.match(/<table/g)?.length).toBeGreaterThan(5)
  expect(plain.split('\n').filter((line) => /\*\*|`|^\||\]\(|^#/.test(line))).toEqual([])
})
