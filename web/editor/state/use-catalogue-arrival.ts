import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Catalogue } from '../document/catalogue.ts'
import { allOpenFields } from '../document/validate-draft-objects.ts'
import { recommendedObjects } from '../source/object-choices.ts'
import type { EditorState, EditorStore } from './editor-store.ts'

const wantsObjects = (state: EditorState): boolean => state.wantsRecommended
const wantsHashes = (state: EditorState): boolean => state.wantsProtection
const connectorOf = (state: EditorState): string | undefined => state.content.document.source?.connector

/**
 * Does what had to wait for the source's catalogue, as soon as that is there: adds the objects a new source begins with, unless someone
 * chose objects meanwhile, and hashes what is sensitive where protection was added meanwhile.
 */
export function useCatalogueArrival(store: EditorStore, catalogues: ReadonlyMap<string, Catalogue>): void {
  const objects = useStore(store, wantsObjects)
  const hashes = useStore(store, wantsHashes)
  const catalogue = catalogues.get(useStore(store, connectorOf) ?? '')
  useEffect(() => {
    if (!catalogue) return
    if (objects) addRecommended(store.getState(), catalogue)
    if (hashes) hashSensitive(store.getState(), catalogue)
  }, [objects, hashes, catalogue, store])
}

function addRecommended({ show, content, run }: EditorState, catalogue: Catalogue): void {
  show({ wantsRecommended: false })
  if (Object.keys(content.document.objects).length === 0)
    run({ type: 'addObjects', objects: recommendedObjects(catalogue, undefined) })
}

function hashSensitive({ show, content, run }: EditorState, catalogue: Catalogue): void {
  show({ wantsProtection: false })
  const fields = allOpenFields(content.document, catalogue)
  if (content.layout.protection && Object.keys(fields).length > 0)
    run({ type: 'setProtection', fields, protection: 'hash' })
}
