import { flowOfPipeline } from '../canvas/flow-of-pipeline.ts'
import type { EditorContent } from '../document/draft-document.ts'
import type { EditorPlace } from '../editor-search.ts'
import type { EditorState, EditorStore } from './editor-store.ts'

/** What an editor begins with. A panel of a step that is gone stays closed. */
export function startingPlace(
  { view = viewOfWindow(), panel, tab, drawer }: EditorPlace,
  content: EditorContent,
): Pick<EditorState, 'view' | 'panel' | 'drawer'> {
  const { steps } = flowOfPipeline(content, { problems: [], slots: false })
  const step = steps.find(({ id }) => id === panel)?.id
  return { view, panel: step === undefined ? undefined : { step, tab }, drawer }
}

/** Tells of every change of what is open. Gives what ends it. */
export function watchPlace(store: EditorStore, onPlace: (place: EditorPlace) => void): () => void {
  return store.subscribe((state, before) => {
    const isSame =
      state.view === before.view && state.panel === before.panel && state.drawer === before.drawer
    if (!isSame) onPlace(placeOf(state))
  })
}

function placeOf({ view, panel, drawer }: EditorState): EditorPlace {
  return { view: view === viewOfWindow() ? undefined : view, panel: panel?.step, tab: panel?.tab, drawer }
}

function viewOfWindow(): EditorState['view'] {
  return matchMedia('(max-width: 640px)').matches ? 'outline' : 'canvas'
}
