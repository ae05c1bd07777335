import { useEffect, useEffectEvent } from 'react'
import { type Matched, matchPress, pressOf } from './press.ts'
import { keysOf, useShortcutPreferences } from './preferences.ts'
import type { ShortcutName } from './shortcuts.ts'

interface Listener {
  readonly name: ShortcutName
  readonly act: (event: KeyboardEvent) => void
}

const listeners: Listener[] = []

/** An unfinished sequence is forgotten after so many milliseconds. */
const patience = 1_200
let pending = ''
let pressedAt = 0

/**
 * Has a shortcut of the keyboard map act while this component is there and `enabled`. The one that came last wins.
 * It never acts while a text is typed or a dialog or menu is open.
 */
export function useShortcut(
  name: ShortcutName,
  act: (event: KeyboardEvent) => void,
  enabled: boolean = true,
): void {
  const onPress = useEffectEvent(act)
  useEffect(() => {
    if (!enabled) return undefined
    const listener: Listener = { name, act: (event) => onPress(event) }
    listeners.push(listener)
    return () => {
      listeners.splice(listeners.indexOf(listener), 1)
    }
  }, [name, enabled])
}

/**
 * Whether the press at this moment goes on with a sequence such as `G P`: then it is not for a canvas or a grid that has keys of its own.
 * `at`: the event's own time.
 */
export function isMidSequence(at: number): boolean {
  return pending !== '' && at - pressedAt < patience
}

/** Listens to the keyboard for all shortcuts; once in the app. */
export function listenToKeys(): () => void {
  document.addEventListener('keydown', onKeyDown)
  return () => document.removeEventListener('keydown', onKeyDown)
}

function onKeyDown(event: KeyboardEvent): void {
  const press = pressOf(event)
  if (press === undefined || event.defaultPrevented || event.isComposing) return
  if (isBusyElsewhere(event, press)) return
  const matched = match(press, event.timeStamp)
  pending = matched.pending
  pressedAt = event.timeStamp
  const listener = listeners.findLast((one) => one.name === matched.name)
  if (!listener) return
  event.preventDefault()
  listener.act(event)
}

function match(press: string, at: number): Matched<ShortcutName> {
  const preferences = useShortcutPreferences.getState()
  const live = new Map<ShortcutName, string>()
  for (const { name } of listeners) {
    const keys = keysOf(name, preferences)
    if (keys !== undefined) live.set(name, keys)
  }
  return matchPress(live, at - pressedAt < patience ? pending : '', press)
}

/** Whether the press belongs to a text field, an open dialog or an open menu. Ctrl and ⌘ reach the page from a field, too. */
function isBusyElsewhere(event: KeyboardEvent, press: string): boolean {
  if (document.querySelector('[role=dialog],[role=alertdialog],[role=menu],[data-layer]')) return true
  if (press.startsWith('Mod+')) return false
  return isTextField(event.target)
}

/** Whether keys that are pressed there write or choose something. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]),textarea,select')
  )
}
