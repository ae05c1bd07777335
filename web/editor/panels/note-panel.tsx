import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/input.tsx'
import { useEditor, useEditorStore } from '../state/editor-context.ts'

/** The text of a note. */
export function NotePanel({ id }: { readonly id: string }): ReactNode {
  const store = useEditorStore()
  const text = useEditor((state) => state.content.layout.notes[id]?.text ?? '')
  const readOnly = useEditor((state) => state.readOnly)
  return (
    <div className="p-4">
      <Field label={words.noteText}>
        {(control) => (
          <TextArea
            {...control}
            autoFocus
            rows={6}
            maxLength={2_000}
            readOnly={readOnly}
            value={text}
            onChange={(event) => store.getState().run({ type: 'setNoteText', id, text: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}
