import { type ReactNode, useMemo } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { findObject } from '../document/catalogue.ts'
import { FieldGrid } from '../source/field-grid.tsx'
import { StartAt } from '../source/start-at.tsx'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'

const disabledOf = (state: EditorState): EditorState['content']['layout']['disabled'] =>
  state.content.layout.disabled
const objectsOf = (state: EditorState): EditorState['content']['document']['objects'] =>
  state.content.document.objects
const isReadOnly = (state: EditorState): boolean => state.readOnly

/** One object of the pipeline: how it is read, from when on, and its fields. */
export function ObjectPanel({ name }: { readonly name: string }): ReactNode {
  const readOnly = useEditor(isReadOnly)
  const { catalogue, published } = useSurroundings()
  const object = findObject(catalogue, name)
  const own = useMemo(
    () => (catalogue && object ? { ...catalogue, objects: [object] } : undefined),
    [catalogue, object],
  )
  const store = useEditorStore()
  const disabled = useEditor(disabledOf)
  const objects = useEditor(objectsOf)
  const isDisabled = Object.hasOwn(disabled, name) && !Object.hasOwn(objects, name)
  if (!object || !own) return null
  if (isDisabled)
    return (
      <div className="flex flex-col items-start gap-3 p-4">
        <Notice tone="idle" title={words.disabled}>
          {words.disabledHint}
        </Notice>
        {!readOnly && (
          <Button
            look="primary"
            onClick={() => store.getState().run({ type: 'enableObjects', objects: [name] })}
          >
            {words.enableObject(object.title)}
          </Button>
        )}
      </div>
    )
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-col gap-2 p-4">
        {object.description && <p className="text-muted">{object.description}</p>}
        <div className="flex flex-wrap items-center gap-3">
          <Badge tone="info">{words.mode[object.mode]}</Badge>
          <StartAt object={object} />
        </div>
        {object.notes && object.notes.length > 0 && (
          <details>
            <summary className="font-medium">{words.notes}</summary>
            <ul className="text-muted mt-1 list-disc pl-5">
              {object.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <div className="min-h-0 flex-1">
        <FieldGrid
          catalogue={own}
          published={published?.objects}
          firstTab="all"
          firstOpen={name}
          readOnly={readOnly}
        />
      </div>
    </div>
  )
}
