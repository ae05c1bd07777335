import { describe, expect, test } from 'vitest'
import { readJson } from '@penstock/connectors/read-json.ts'
import { maxManifestBytes, readYaml } from '@penstock/connectors/read-yaml.ts'

const laughs = Array.from({ length: 20 }, (_, i) =>
  i === 0 ? 'a0: &a0 [x, x]' : `a${i}: &a${i} [*a${i - 1}, *a${i - 1}, *a${i - 1}]`,
).join('\n')

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['an alias', 'a: &x 1\nb: *x', /Line [12]: A(lias|nchor)/],
  ['a billion laughs', laughs, /(Aliases|Anchors)/],
  ['a merge key', 'a: { x: 1 }\nb:\n  <<: { x: 2 }', /Line 3: Merge keys/],
  ['merge keys in a chain', 'a: &a { x: 1 }\nb: &b { <<: *a }\nc: { <<: *b }', /(Merge|Anchors|Aliases)/],
  ['a tag', 'a: !!js/function "x"', /(tag|Tags)/i],
  ['a tag of one’s own', 'a: !include /etc/passwd', /(tag|Tags)/i],
  ['binary', 'a: !!binary aGVsbG8=', /(tag|Tags)/i],
  ['an ordered map', 'a: !!omap [{ x: 1 }]', /(tag|Tags)/i],
  ['a repeated key', 'a: 1\nb: 2\na: 3', /Line 3: The key “a” stands here twice/],
  ['a key that is no text', '? [1, 2]\n: x', /key must be text/],
  ['a null key', '~: 1', /key must be text/],
  ['two documents', 'a: 1\n---\nb: 2', /Line 2: Another document/],
  ['text that ends early', 'a: "never closed', /Line 1/],
  ['deep brackets', `${'['.repeat(200_000)}`, /deeper than 30/],
  ['deep braces', `${'{a: '.repeat(40)}1${'}'.repeat(40)}`, /deeper than 30/],
  [
    'deep indentation',
    Array.from({ length: 60 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    /deeper than 30/,
  ],
  ['deep dashes', `${'- '.repeat(100_000)}x`, /deeper than 30/],
  ['too much', `a: ${'x'.repeat(maxManifestBytes)}`, /larger than/],
]

describe('a manifest is plain data:', () => {
  test.each(refused)('%s is refused, quickly and with a reason', (_, text, why) => {
    const before = performance.now()
    const answer = readYaml(text)
    expect(
      'refused' in answer
        ? answer.refused.map(({ line, why: said }) => `Line ${line}: ${said}`).join(' ')
        : answer,
    ).toMatch(why)
    expect(performance.now() - before).toBeLessThan(20_000)
  })

  test('sixty thousand keys are read without comparing each with each', () => {
    const text = Array.from({ length: 25_000 }, (_, i) => `k${i}: 1`).join('\n')
    const before = performance.now()
    expect('value' in readYaml(text)).toBe(true)
    expect(performance.now() - before).toBeLessThan(30_000)
  })

  test('what looks like something else in older YAML is text', () => {
    expect(readYaml('no: no\non: on\ntime: 12:30\ndate: 2026-01-01\noctal: 010\n__proto__: x')).toEqual({
      value: JSON.parse(
        '{"no":"no","on":"on","time":"12:30","date":"2026-01-01","octal":10,"__proto__":"x"}',
      ),
    })
  })
})

/** What people write: the text, where its mistake is, and what is said of it. */
const mistakes: readonly (readonly [string, string, string, RegExp])[] = [
  ['a tab', 'source:\n\tconnection: Shop', '2:1', /indented with a tab.*blanks, not with tabs/],
  ['a tab behind blanks', 'objects:\n  \tcontacts: {}', '2:3', /indented with a tab/],
  ['a quote left open', 'name: "Shop\nsource:\n  region: us', '1:7', /not closed in its line.*another "/],
  ['one before another text in quotes', "name: 'Shop\nschedule: '15m'", '1:7', /not closed.*another '/],
  ['an apostrophe in quotes', "name: 'Ada's shop'", '1:12', /behind the quote.*'' between single/],
  ['quotes in quotes', 'name: "The "best" shop"', '1:13', /behind the quote/],
  ['a key twice', 'objects:\n  contacts: {}\n  contacts: {}', '3:3', /“contacts” stands here twice.*Remove/],
  ['a line too far right', 'source:\n  region: us\n   scope: all', '3:4', /further than the one above/],
  ['a line too far left', 'source:\n    region: us\n  scope: all', '3:3', /same column/],
  ['a first line too far right', ' name: Shop\nobjects: {}', '2:1', /same column.*same indentation/],
  ['no colon', 'source\n  region: us', '1:1', /no colon/],
  ['no blank behind a colon', 'source:\n  region:us\n  scope: all', '2:9', /no blank behind this colon/],
  ['a colon in a value', 'name: Shop: all of it', '1:7', /has a colon in it.*in quotes/],
  ['an open brace', 'objects: { contacts: {}\nname: Shop', '1:10', /\{ is never closed.*a \} behind/],
  ['a bracket too many', 'objects: {}}', '1:12', /\} closes nothing/],
  ['a comma forgotten', '{"name": "Shop" "objects": {}}', '1:17', /no comma before this/],
  ['a comma too many', '{"name": "Shop",, "objects": {}}', '1:17', /a comma too many/],
  ['a value with a sign', 'name: @shop', '1:7', /cannot begin with @.*in quotes/],
  ['a backslash', String.raw`name: "C:\shop"`, '1:10', /“\\s” stands for nothing/],
  ['a block of Markdown', '```yaml\nname: Shop\n```', '1:1', /Remove the lines/],
]

describe('a mistake in the form is said in plain words, where it was made:', () => {
  test.each(mistakes)('%s', (_, text, place, words) => {
    const answer = readYaml(text)
    const said = 'refused' in answer ? answer.refused : []
    expect(said.map(({ line, column }) => `${line}:${column}`)).toEqual([place])
    expect(said.map(({ why, fix }) => `${why} ${fix}`).join(' ')).toMatch(words)
  })
})

describe('a record schema is JSON under the same rules:', () => {
  test('a repeated key is refused', () => {
    expect(readJson('{"a": {"b": 1, "c": "x:y", "b": 2}}')).toMatchObject({
      refused: [{ why: expect.stringMatching(/“b” stands/), fix: expect.stringMatching(/Remove one/) }],
    })
  })

  test('quotes and colons inside text are no keys', () => {
    expect(readJson(String.raw`{"a": "\"b\": 1", "c\"": ["x", ":"]}`)).toEqual({
      value: { a: '"b": 1', 'c"': ['x', ':'] },
    })
  })

  test('a quote that is never closed is not looked for from each quote behind it', () => {
    const before = performance.now()
    expect(readJson(`"${String.raw`\"`.repeat(120_000)}`)).toHaveProperty('refused')
    expect(performance.now() - before).toBeLessThan(20_000)
  })

  test('deep nesting and what is no JSON are refused', () => {
    expect(readJson(`${'[1,'.repeat(50)}1${']'.repeat(50)}`)).toHaveProperty('refused')
    expect(readJson('{"a": 1')).toHaveProperty('refused')
    expect(readJson('a: 1')).toMatchObject({ refused: [{ why: 'It is not JSON.' }] })
  })
})
