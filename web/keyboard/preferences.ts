import { create } from 'zustand'
import { isSingleKey } from './press.ts'
import { type ShortcutName, shortcuts } from './shortcuts.ts'

interface ShortcutPreferences {
  /** Whether shortcuts without Ctrl, ⌘ or Alt work at all. */
  readonly singleKeys: boolean
  /** Keys that a person chose instead of the map's; an empty text turns the shortcut off. */
  readonly remapped: Readonly<Partial<Record<ShortcutName, string>>>
}

const place = 'penstock.shortcuts'

/** What this person wants of the keyboard, kept on this device. */
export const useShortcutPreferences = create<ShortcutPreferences>(() => load())

/** Turns the single-key shortcuts on or off. */
export function setSingleKeys(singleKeys: boolean): void {
  useShortcutPreferences.setState({ singleKeys })
  store()
}

/** Gives a shortcut other keys; undefined: the map's own again. */
export function remap(name: ShortcutName, keys: string | undefined): void {
  const { [name]: _, ...others } = useShortcutPreferences.getState().remapped
  useShortcutPreferences.setState({ remapped: keys === undefined ? others : { ...others, [name]: keys } })
  store()
}

/** The keys of a shortcut as they are now; undefined when it is off. */
export function keysOf(name: ShortcutName, preferences: ShortcutPreferences): string | undefined {
  const keys = preferences.remapped[name] ?? shortcuts[name].keys
  if (keys === '' || (!preferences.singleKeys && isSingleKey(keys))) return undefined
  return keys
}

/** The same, for a component: it is drawn again when the keys change. */
export function useKeysOf(name: ShortcutName): string | undefined {
  return useShortcutPreferences((preferences) => keysOf(name, preferences))
}

/**
 * The shortcut that would work no more if `name` had these keys: one that has them where `name` works, too, or one that begins with them,
 * since `G P` is never heard where `G` alone does something.
 */
export function shortcutInTheWay(
  name: ShortcutName,
  keys: string,
  preferences: ShortcutPreferences,
): ShortcutName | undefined {
  const { scope } = shortcuts[name]
  const names = Object.keys(shortcuts).filter((one): one is ShortcutName => one in shortcuts && one !== name)
  return names.find((one) => {
    const other = shortcuts[one].scope
    const meets = other === scope || other === 'everywhere' || scope === 'everywhere'
    return meets && `${keysOf(one, preferences) ?? ''} `.startsWith(`${keys} `)
  })
}

function store(): void {
  localStorage.setItem(place, JSON.stringify(useShortcutPreferences.getState()))
}

function load(): ShortcutPreferences {
  const none: ShortcutPreferences = { singleKeys: true, remapped: {} }
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(place) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return none
    const singleKeys = !('singleKeys' in stored && stored.singleKeys === false)
    const remapped = 'remapped' in stored && typeof stored.remapped === 'object' ? stored.remapped : {}
    const known = Object.entries(remapped ?? {}).filter(
      ([name, keys]) => name in shortcuts && typeof keys === 'string',
    )
    return { singleKeys, remapped: Object.fromEntries(known) }
  } catch {
    return none
  }
}
