import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Surroundings } from '../document/catalogue.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import type { EditorProblem } from '../document/problem.ts'
import type { EditorState, EditorStore } from './editor-store.ts'

/** What all parts of an open editor share, beside its state. */
export interface EditorSurroundings extends Surroundings {
  readonly problems: readonly EditorProblem[]
  /** What is live now; undefined while nothing is published. */
  readonly published?: DraftDocument | undefined
  /** Asks for a new connection; it is chosen when it has been made. Absent where connections cannot be made. */
  readonly connect?: ((side: 'source' | 'destination', kind?: string) => void) | undefined
  /** The objects a connector begins with; undefined while they are not known. */
  readonly recommended?: ((connector: string) => readonly string[] | undefined) | undefined
  /** What can be connected: connectors and destination types, in the palette's order. */
  readonly connectors: readonly {
    readonly side: 'source' | 'destination'
    readonly kind: string
    readonly title: string
  }[]
}

export const EditorStoreContext = createContext<EditorStore | undefined>(undefined)
export const SurroundingsContext = createContext<EditorSurroundings>({ problems: [], connectors: [] })

/** A part of the editor's state; the component is drawn again when that part changes. */
export function useEditor<Part>(select: (state: EditorState) => Part): Part {
  return useStore(useEditorStore(), select)
}

/** The store itself, for what happens in an event. Only inside an open editor. */
export function useEditorStore(): EditorStore {
  const store = useContext(EditorStoreContext)
  if (!store) throw new Error('There is no editor around this component.')
  return store
}

/** Connections, catalogue and problems around the document. */
export function useSurroundings(): EditorSurroundings {
  return useContext(SurroundingsContext)
}
