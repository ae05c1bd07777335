import { useShortcut } from '../../keyboard/use-shortcut.ts'
import { useEditorStore } from './editor-context.ts'
import type { EditorState } from './editor-store.ts'

interface EditorShortcutActs {
  readonly onSave?: () => void
  readonly onTest?: () => void
  readonly onPublish?: () => void
}

const nothing = (): void => {}

/** The keys that work anywhere in the editor. Undo and redo take the focus back to the canvas only if it was lost there. */
export function useEditorShortcuts({ onSave, onTest, onPublish }: EditorShortcutActs): void {
  const store = useEditorStore()
  useShortcut('undo', () => store.getState().undo())
  useShortcut('redo', () => store.getState().redo())
  useShortcut('redoToo', () => store.getState().redo())
  useShortcut('saveNow', onSave ?? nothing, onSave !== undefined)
  useShortcut('testPipeline', onTest ?? nothing, onTest !== undefined)
  useShortcut('publish', onPublish ?? nothing, onPublish !== undefined)
  useShortcut('switchView', () => store.getState().show({ view: nextView(store.getState().view) }))
  useShortcut('problems', () => {
    const state = store.getState()
    state.show({ drawer: state.drawer === 'problems' ? undefined : 'problems' })
  })
}

function nextView(view: EditorState['view']): EditorState['view'] {
  switch (view) {
    case 'canvas':
      return 'outline'
    case 'outline':
      return 'yaml'
    case 'yaml':
      return 'canvas'
  }
}
