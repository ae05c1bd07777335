import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Catalogue } from '../document/catalogue.ts'
import { recommendedObjects } from '../source/object-choices.ts'
import type { EditorState, EditorStore } from './editor-store.ts'

const wants = (state: EditorState): boolean => state.wantsRecommended
const connectorOf = (state: EditorState): string | undefined => state.content.document.source?.connector

/** Adds the objects a new source begins with as soon as they are known, unless someone chose objects meanwhile. */
export function useRecommendedObjects(store: EditorStore, catalogues: ReadonlyMap<string, Catalogue>): void {
  const wanted = useStore(store, wants)
  const catalogue = catalogues.get(useStore(store, connectorOf) ?? '')
  useEffect(() => {
    if (!wanted || !catalogue) return
    const { run, show, content } = store.getState()
    show({ wantsRecommended: false })
    if (Object.keys(content.document.objects).length === 0)
      run({ type: 'addObjects', objects: recommendedObjects(catalogue, undefined) })
  }, [wanted, catalogue, store])
}
