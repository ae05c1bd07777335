import type { ReactNode } from 'react'
import { useEditor } from './editor-context.ts'
import type { EditorState } from './editor-store.ts'

const saidOf = (state: EditorState): EditorState['said'] => state.said

/** Where the editor's sentences for a screen reader are written. The same sentence twice is a new element, so it is said twice. */
export function EditorSpeech(): ReactNode {
  const { text, count } = useEditor(saidOf)
  return (
    <p role="status" aria-live="polite" data-editor-said className="sr-only">
      <span key={count}>{text}</span>
    </p>
  )
}
