import { expect, test } from 'vitest'
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

test('every shortcut says what it does', () => {
  expect(all.filter(([, one]) => one.does.trim() === '')).toEqual([])
})

function meet(one: Shortcut, other: Shortcut): boolean {
  return one.scope === other.scope || one.scope === 'everywhere' || other.scope === 'everywhere'
}
