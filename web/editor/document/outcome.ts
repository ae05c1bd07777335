import type { EditorContent } from './draft-document.ts'

/** What a command did: the content after it (the very same object where nothing changed), or why it does not apply. */
export type Outcome = { readonly content: EditorContent } | { readonly refused: string }
