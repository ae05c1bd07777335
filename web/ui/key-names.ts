const appleNames: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' }
const names: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  Space: 'Space',
}

/** `Mod+K` → Ctrl, K; `G P` → G, P: the names of the keys one after the other, as they are printed on the keyboard. */
export function keyNames(keys: string, apple: boolean): readonly string[] {
  return keys.split(/[ ]|\+(?=.)/).map((key) => (apple ? appleNames[key] : undefined) ?? names[key] ?? key)
}
