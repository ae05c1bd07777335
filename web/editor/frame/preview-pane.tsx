import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorBanner } from '../../ui/error-banner.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { fetchPreview } from '../data/fetch-preview.ts'
import { findObject, inCatalogueOrder } from '../document/catalogue.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { PreviewTable } from './preview-table.tsx'

const objectsOf = (state: EditorState): EditorState['content']['document']['objects'] =>
  state.content.document.objects

/** Up to fifty records of an object, before and after protection, fetched when asked for. */
export function PreviewPane(): ReactNode {
  const store = useEditorStore()
  const { catalogue } = useSurroundings()
  const names = inCatalogueOrder(catalogue, Object.keys(useEditor(objectsOf)))
  const [picked, setPicked] = useState<string>()
  const [side, setSide] = useState<'before' | 'after'>('after')
  const object = picked !== undefined && names.includes(picked) ? picked : names[0]
  const { mutate, data, error, isPending, variables } = useMutation({
    mutationFn: (name: string) => fetchPreview(store.getState().content.document, name),
  })
  if (object === undefined) return <p className="text-muted p-4">{words.previewNothing}</p>
  const shown = variables === object ? data : undefined
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label={words.previewPick}
          className="w-56"
          value={object}
          onChange={setPicked}
          options={names.map((name) => ({ value: name, label: findObject(catalogue, name)?.title ?? name }))}
        />
        <Segmented
          label={words.drawer.preview}
          value={side}
          onChange={setSide}
          options={[
            { value: 'after', label: words.previewAfter },
            { value: 'before', label: words.previewBefore },
          ]}
        />
        <Button busy={isPending} onClick={() => mutate(object)}>
          {words.previewLoad}
        </Button>
        <p className="text-muted min-w-0 flex-1 basis-60">{words.previewHint}</p>
      </div>
      {error && <ErrorBanner message={error.message} />}
      {shown && <PreviewTable columns={shown.columns} rows={side === 'after' ? shown.after : shown.before} />}
    </div>
  )
}
