import { expect, test } from 'vitest'
import { shortcutInTheWay } from '@penstock/web/keyboard/preferences.ts'
import { shortcuts, type Shortcut } from '@penstock/web/keyboard/shortcuts.ts'

const all: readonly (readonly [string, Shortcut])[] = Object.entries(shortcuts)

test('no two shortcuts of one place share their keys, and none hides a sequence that begins with it', () => {
  const clashes = all.flatMap(([a, one]) =>
    all
      .filter(([b, other]) => a !== b && meet(one, other))
      .filter(([, other]) => other.keys === one.keys || other.keys.startsWith(`${one.keys} `))
      .map(([b]) => `${a} and ${b}`),
  )
  expect(clashes).toEqual([])
})

test('keys that are given to a shortcut take nothing from another one', () => {
  const preferences = { singleKeys: true, remapped: {} }
  expect(shortcutInTheWay('follow', 'L', preferences)).toBe('log')
  // `G P` would never be heard any more.
  expect(shortcutInTheWay('follow', 'G', preferences)).toBe('goPipelines')
  expect(shortcutInTheWay('follow', 'X', preferences)).toBe(undefined)
  expect(shortcutInTheWay('follow', 'L', { ...preferences, remapped: { log: '' } })).toBe(undefined)
})

test('every shortcut says what it does', () => {
  expect(all.filter(([, one]) => one.does.trim() === '')).toEqual([])
})

function meet(one: Shortcut, other: Shortcut): boolean {
  return one.scope === other.scope || one.scope === 'everywhere' || other.scope === 'everywhere'
}
