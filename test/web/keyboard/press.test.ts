import { expect, test } from 'vitest'
import { isSingleKey, type KeyPress, matchPress, pressOf } from '@penstock/web/keyboard/press.ts'

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }
}

test('a press is named as the keyboard map names it, on every keyboard', () => {
  expect(pressOf(press('c'))).toBe('C')
  expect(pressOf(press('C', { shiftKey: true }))).toBe('Shift+C')
  expect(pressOf(press('?', { shiftKey: true }))).toBe('?')
  expect(pressOf(press('k', { metaKey: true }))).toBe('Mod+K')
  expect(pressOf(press('k', { ctrlKey: true }))).toBe('Mod+K')
  expect(pressOf(press('T', { shiftKey: true, altKey: true }))).toBe('Shift+Alt+T')
  expect(pressOf(press('Escape', { shiftKey: true }))).toBe('Shift+Escape')
  expect(pressOf(press(' '))).toBe('Space')
  expect(pressOf(press('Shift', { shiftKey: true }))).toBeUndefined()
})

test('a sequence waits for its next press, and another press starts anew', () => {
  const map = new Map([
    ['goRuns', 'G R'],
    ['row', 'R'],
    ['create', 'C'],
  ])
  expect(matchPress(map, '', 'G')).toEqual({ name: undefined, pending: 'G' })
  expect(matchPress(map, 'G', 'R')).toEqual({ name: 'goRuns', pending: '' })
  expect(matchPress(map, '', 'R')).toEqual({ name: 'row', pending: '' })
  expect(matchPress(map, 'G', 'C')).toEqual({ name: 'create', pending: '' })
  expect(matchPress(map, 'G', 'X')).toEqual({ name: undefined, pending: '' })
})

test('the shortcuts that a person may turn off are those that type a character without Ctrl, ⌘ or Alt', () => {
  expect(['C', 'G P', '?', 'Shift+A', '+'].map(isSingleKey)).toEqual([true, true, true, true, true])
  const kept = ['Mod+K', 'Shift+Alt+T', 'Alt+ArrowLeft', 'ArrowLeft', 'Shift+Escape', 'Delete']
  expect(kept.map(isSingleKey)).toEqual(kept.map(() => false))
})
