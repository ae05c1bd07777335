import { useCallback, useEffect } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { announce } from '../../ui/live-region.tsx'
import { toastFailed } from '../../ui/toaster.tsx'
import type { CatalogueObject } from '../document/catalogue.ts'
import type { Protection } from '../document/draft-document.ts'
import { useEditor, useEditorStore } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { forgetSamples, loadSamples, sampleKey, useSampleState } from './sample-store.ts'
import type { ObjectSamples } from './sample-store.ts'

const sourceOf = (state: EditorState): EditorState['content']['document']['source'] =>
  state.content.document.source

export interface Samples {
  /** Whether any object has some: the grid then makes room for them. */
  readonly any: boolean
  readonly of: (object: string) => ObjectSamples | undefined
  /** Fetches them. Absent where nobody may, or there is no connection yet. */
  readonly show: ((object: CatalogueObject) => void) | undefined
}

/** Examples of fields, each object's only when it was asked for. */
export function useSamples(readOnly: boolean): Samples {
  const store = useEditorStore()
  const source = useEditor(sourceOf)
  const known = useSampleState((state) => state.known)
  const canAsk = !readOnly && typeof source?.connection === 'string'
  const show = useCallback(
    ({ name, title }: CatalogueObject) => {
      const { document } = store.getState().content
      const key = sampleKey(document, name)
      if (key === undefined || useSampleState.getState().known.get(key)?.kind === 'loading') return
      announce(words.samples.loading(title))
      loadSamples(document, name).then(
        (found) => announce(found.kind === 'shown' ? words.samples.said(title, found.records) : ''),
        (error: unknown) => toastFailed(error instanceof Error ? error.message : words.samples.failed),
      )
    },
    [store],
  )
  const of = (object: string): ObjectSamples | undefined => {
    const key = typeof source?.connection === 'string' ? `${source.connection} ${object}` : undefined
    return key === undefined ? undefined : known.get(key)
  }
  return { any: known.size > 0, of, show: canAsk ? show : undefined }
}

/** Examples are forgotten with the editor they were asked for in. */
export function useForgetSamples(): void {
  useEffect(() => forgetSamples, [])
}

/** What a field's cell says; undefined while the object's examples are not there. */
export function sampleText(
  samples: ObjectSamples | undefined,
  path: string,
  protection: Protection,
): string | undefined {
  if (samples?.kind !== 'shown') return undefined
  const found = samples.fields.get(path)
  if (protection === 'exclude' || !found) return '–'
  return protection === 'hash' ? found.hashed : found.shown
}
