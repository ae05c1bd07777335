import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { classNames } from '../../ui/class-names.ts'
import { useEditor, useEditorStore } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'

const nameOf = (state: EditorState): string => state.content.document.name
const isReadOnly = (state: EditorState): boolean => state.readOnly

/** The pipeline's name, edited where it stands. */
export function PipelineName(): ReactNode {
  const store = useEditorStore()
  const name = useEditor(nameOf)
  const readOnly = useEditor(isReadOnly)
  return (
    <>
      <h1 className="sr-only" tabIndex={-1}>
        {words.titleFor(name)}
      </h1>
      <input
        aria-label={words.name}
        dir="auto"
        aria-invalid={name.trim() === '' ? true : undefined}
        readOnly={readOnly}
        spellCheck={false}
        value={name}
        maxLength={200}
        onChange={(event) => store.getState().run({ type: 'renamePipeline', name: event.target.value })}
        className={classNames(
          'field-sizing-content h-8 max-w-[min(24rem,100%)] min-w-24 truncate text-left rounded-md border border-transparent bg-transparent px-2 text-base font-semibold',
          !readOnly && 'hover:border-control focus:border-control aria-invalid:border-bad',
        )}
      />
    </>
  )
}
