import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { ServerVerdict } from '../document/validate-draft.ts'
import type { DraftPort, NewerDraft } from '../saving/draft-port.ts'
import { DraftSaver } from '../saving/draft-saver.ts'
import type { SaveState } from '../saving/draft-saver.ts'
import { keepEditor } from '../saving/keep-editor.ts'
import type { KeepingPlaces } from '../saving/keep-editor.ts'
import type { OpenedDraft } from '../saving/open-draft.ts'
import { createEditorStore } from './editor-store.ts'
import type { EditorStore } from './editor-store.ts'

/** What is known of saving: the state, and the server's last word on the draft. */
export interface Saving {
  readonly state: SaveState
  readonly verdict: ServerVerdict | undefined
}

/** An open editor, as long as it is open. */
export interface EditorSession {
  readonly store: EditorStore
  readonly saving: StoreApi<Saving>
  readonly saver: DraftSaver
  readonly restored: number
  readonly stop: () => void
}

interface SessionStart {
  /** What the editor is kept under on this device. */
  readonly kept: string
  readonly opened: OpenedDraft
  /** The newer draft, where the opened one is behind it. */
  readonly newer: NewerDraft | undefined
  readonly verdict: ServerVerdict | undefined
  readonly readOnly: boolean
  readonly port: DraftPort
  readonly places: KeepingPlaces
}

/** Opens an editor: state, saving and keeping, wired together. Whoever only looks on saves and keeps nothing. */
export function startSession(start: SessionStart): EditorSession {
  const { opened, readOnly, port, places, kept, newer } = start
  const store = createEditorStore({ history: opened.history, readOnly })
  const saving = createStore<Saving>(() => ({
    state: { kind: 'saved', atMs: Date.now() },
    verdict: start.verdict,
  }))
  const saver = new DraftSaver({
    store,
    port,
    saved: opened.saved,
    now: Date.now,
    onState: (state) => saving.setState({ state }),
    onVerdict: (verdict) => saving.setState({ verdict }),
  })
  if (newer) saver.clash(newer)
  const forget = readOnly ? (): void => {} : keepEditor(kept, { store, saver, saving }, places)
  const onOnline = (): void => void saver.saveNow()
  addEventListener('online', onOnline)
  return {
    store,
    saving,
    saver,
    restored: opened.restored,
    stop: () => {
      removeEventListener('online', onOnline)
      void saver.saveNow()
      saver.stop()
      forget()
    },
  }
}
