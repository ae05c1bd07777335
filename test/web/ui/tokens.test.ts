import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../../web/ui/tokens.css'), 'utf8')
const grounds = ['canvas', 'surface', 'subtle']
const tones = ['ok', 'info', 'warn', 'bad', 'review', 'idle', 'accent']

/** Text on its ground: WCAG 1.4.3. */
const texts: readonly (readonly [string, string])[] = [
  ...grounds.flatMap((ground) => ['text', 'muted'].map((text) => [text, ground] as const)),
  ...['canvas', 'surface'].flatMap((ground) => tones.map((tone) => [tone, ground] as const)),
  ...tones.map((tone) => [tone, `${tone}-soft`] as const),
  ...tones.map((tone) => ['text', `${tone}-soft`] as const),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-bad', 'bad'],
  ['surface', 'text'],
]

/** Borders of controls, the focus ring, marks: WCAG 1.4.11. */
const marks: readonly (readonly [string, string])[] = [
  ...grounds.flatMap((ground) => ['control', 'accent'].map((mark) => [mark, ground] as const)),
  ['surface', 'control'],
  ['surface', 'accent'],
]

describe.each(['light', 'dark'])('in the %s theme', (theme) => {
  const tokens = tokensOf(theme)

  test.each(texts)('%s can be read on %s', (text, ground) => {
    expect(contrast(tokens, text, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(marks)('%s can be seen beside %s', (mark, ground) => {
    expect(contrast(tokens, mark, ground)).toBeGreaterThanOrEqual(3)
  })
})

function tokensOf(theme: string): ReadonlyMap<string, string> {
  const block = theme === 'light' ? /:root \{([^}]*)\}/ : /\[data-theme='dark'\] \{([^}]*)\}/
  const [, body = ''] = block.exec(css) ?? []
  return new Map(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(tokens: ReadonlyMap<string, string>, a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(tokens.get(a)), luminance(tokens.get(b))].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string | undefined): number {
  expect(colour).toMatch(/^#[0-9a-f]{6}$/)
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt((colour ?? '').slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
