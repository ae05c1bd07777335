import { keyboardText } from '../strings/keyboard.ts'
import { editorShortcuts } from './editor-shortcuts.ts'

/** Where a shortcut works: everywhere, or only while that part of a screen is there. */
export type ShortcutScope = 'everywhere' | 'list' | 'run' | 'editor' | 'connector'

/** One line of the keyboard map. */
export interface Shortcut {
  readonly scope: ShortcutScope
  /** Presses one after the other, with a space between: `G P`; keys held together with a plus: `Mod+K`. */
  readonly keys: string
  /** What it does, as the sheet says it. */
  readonly does: string
}

const text = keyboardText.does

const everywhere = {
  palette: { scope: 'everywhere', keys: 'Mod+K', does: text.palette },
  shortcuts: { scope: 'everywhere', keys: '?', does: text.shortcuts },
  create: { scope: 'everywhere', keys: 'C', does: text.create },
  search: { scope: 'everywhere', keys: '/', does: text.search },
  goPipelines: { scope: 'everywhere', keys: 'G P', does: text.goPipelines },
  goRuns: { scope: 'everywhere', keys: 'G R', does: text.goRuns },
  goConnections: { scope: 'everywhere', keys: 'G C', does: text.goConnections },
  goChanges: { scope: 'everywhere', keys: 'G D', does: text.goChanges },
  goSettings: { scope: 'everywhere', keys: 'G S', does: text.goSettings },
} as const satisfies Record<string, Shortcut>

const parts = {
  rowRun: { scope: 'list', keys: 'R', does: text.rowRun },
  rowPause: { scope: 'list', keys: 'P', does: text.rowPause },
  follow: { scope: 'run', keys: 'F', does: text.follow },
  log: { scope: 'run', keys: 'L', does: text.log },
  stop: { scope: 'run', keys: 'Shift+Escape', does: text.stop },
  saveConnector: { scope: 'connector', keys: 'Mod+S', does: text.saveConnector },
  publishConnector: { scope: 'connector', keys: 'Mod+Shift+Enter', does: text.publishConnector },
  tryManifest: { scope: 'connector', keys: 'Mod+Enter', does: text.tryManifest },
} as const satisfies Record<string, Shortcut>

/** The keyboard map: every shortcut of the product, and nothing works that is not in it. */
export const shortcuts = { ...everywhere, ...parts, ...editorShortcuts }

export type ShortcutName = keyof typeof shortcuts
