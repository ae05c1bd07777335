import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { apiClient, sentenceOf } from '../../api/client.ts'
import { previewStrings as words } from '../../strings/editor-preview.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorBanner } from '../../ui/error-banner.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { findObject, inCatalogueOrder } from '../document/catalogue.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import type { PreviewSide } from './preview-facts.ts'
import { PreviewTable } from './preview-table.tsx'

const objectsOf = (state: EditorState): EditorState['content']['document']['objects'] =>
  state.content.document.objects
const wishOf = (state: EditorState): EditorState['previewed'] => state.previewed

/** Up to fifty records of an object, before and after protection, fetched when asked for. `pipelineId`: decisions about its new fields count. */
export function PreviewPane({ pipelineId }: { readonly pipelineId: string }): ReactNode {
  const store = useEditorStore()
  const { catalogue } = useSurroundings()
  const names = inCatalogueOrder(catalogue, Object.keys(useEditor(objectsOf)))
  const wish = useEditor(wishOf)
  const [side, setSide] = useState<PreviewSide>('after')
  const object = names.find((name) => name === wish?.object) ?? names[0]
  const { mutate, data, error, isPending, variables } = usePreview(pipelineId)
  // Whoever asks for the data of a step gets it without another press, once.
  const load = useEffectEvent(() => {
    // Before the catalogue is there, the first object is not known to be the first.
    if (!catalogue || object === undefined || wish?.load !== true) return
    store.getState().show({ previewed: { object, load: false } })
    mutate(object)
  })
  useEffect(() => load(), [wish, catalogue])
  if (object === undefined) return <p className="text-muted p-4">{words.nothing}</p>
  const titleOf = (name: string): string => findObject(catalogue, name)?.title ?? name
  const shown = variables === object ? data : undefined
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label={words.pick}
          className="w-56 max-sm:w-40"
          value={object}
          onChange={(name) => store.getState().show({ previewed: { object: name, load: false } })}
          options={names.map((name) => ({ value: name, label: titleOf(name) }))}
        />
        <span className="max-sm:order-1">
          <Segmented label={words.side} value={side} onChange={setSide} options={sides} />
        </span>
        <Button busy={isPending} onClick={() => mutate(object)}>
          {words.load}
        </Button>
        <p className="text-muted min-w-0 flex-1 basis-60 max-sm:order-last max-sm:text-xs">{words.hint}</p>
      </div>
      {error && variables === object && <ErrorBanner message={sentenceOf(error)} />}
      {shown && <PreviewTable title={titleOf(object)} preview={shown} side={side} />}
      {shown && shown.rejected.length > 0 && <Rejected reasons={shown.rejected} />}
    </div>
  )
}

const sides = [
  { value: 'after', label: words.after },
  { value: 'before', label: words.before },
] as const

function usePreview(pipelineId: string) {
  const store = useEditorStore()
  return useMutation({
    mutationFn: (name: string) =>
      apiClient.pipelines.preview.mutate({
        id: pipelineId,
        document: { ...store.getState().content.document },
        object: name,
        limit: 50,
      }),
  })
}

/** Why records of the preview cannot land, each reason once. */
function Rejected({ reasons }: { readonly reasons: readonly string[] }): ReactNode {
  return (
    <div>
      <p className="font-medium">{words.rejected(reasons.length)}</p>
      <ul className="text-muted list-disc pl-5">
        {[...new Set(reasons)].map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  )
}
