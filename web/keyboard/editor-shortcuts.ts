import type { Shortcut } from './shortcuts.ts'

/** The part of the keyboard map that works while the editor is open. */
export const editorShortcuts = {} as const satisfies Record<string, Shortcut>
