/** What of a keyboard event decides which keys were pressed. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const modifiers = [
  'Control',
  'Meta',
  'Alt',
  'Shift',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
]

/**
 * The press in the words of the keyboard map: `C`, `Mod+K`, `Shift+Alt+T`, `?`. `Mod` is Ctrl, and ⌘ on a Mac.
 * Shift is not said where it is part of the sign (`?`); undefined while only a modifier is down.
 */
export function pressOf(event: KeyPress): string | undefined {
  if (modifiers.includes(event.key)) return undefined
  const letter = event.key.length === 1
  const key = event.key === ' ' ? 'Space' : letter ? event.key.toUpperCase() : event.key
  const shiftIsPartOfTheSign = letter && !/[a-z]/i.test(event.key) && event.key !== ' '
  return [
    (event.ctrlKey || event.metaKey) && 'Mod',
    event.shiftKey && !shiftIsPartOfTheSign && 'Shift',
    event.altKey && 'Alt',
    key,
  ]
    .filter(Boolean)
    .join('+')
}

/**
 * Whether the keys have a press that types a character, without Ctrl, ⌘ or Alt: those a person can turn off (WCAG 2.1.4). Arrows, Enter and
 * Delete stay, as in any list.
 */
export function isSingleKey(keys: string): boolean {
  return keys.split(' ').some((press) => /^(Shift\+)?.$/u.test(press))
}

export interface Matched<Name> {
  readonly name: Name | undefined
  /** The presses so far of a sequence that is not complete; given back with the next press. */
  readonly pending: string
}

/** Finds the shortcut that the presses so far and this one complete; an unfinished sequence waits for its next press. */
export function matchPress<Name extends string>(
  keysOf: ReadonlyMap<Name, string>,
  pending: string,
  press: string,
): Matched<Name> {
  const names = [...keysOf.keys()]
  for (const sequence of pending ? [`${pending} ${press}`, press] : [press]) {
    const name = names.findLast((one) => keysOf.get(one) === sequence)
    if (name !== undefined) return { name, pending: '' }
    if (names.some((one) => keysOf.get(one)?.startsWith(`${sequence} `)))
      return { name: undefined, pending: sequence }
  }
  return { name: undefined, pending: '' }
}
