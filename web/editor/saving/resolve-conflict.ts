import type { NamesAround } from '../document/describe-change.ts'
import { present, startHistory } from '../document/history.ts'
import { rebase, unsavedCommands } from '../document/rebase.ts'
import type { Rebased } from '../document/rebase.ts'
import type { EditorStore } from '../state/editor-store.ts'
import type { NewerDraft } from './draft-port.ts'
import type { DraftSaver } from './draft-saver.ts'

/** What of an open editor a conflict is about: its commands (in the store), and what the server has of them (in the saver). */
export interface SavedEditor {
  readonly store: EditorStore
  readonly saver: DraftSaver
}

/** What putting my commands on theirs would come to. Changes nothing. */
export function tryRebase(
  { store, saver }: SavedEditor,
  theirs: NewerDraft,
  prefer: 'theirs' | 'mine',
  titleOf?: NamesAround['titleOf'],
): Rebased {
  const { history } = store.getState()
  const { content: base, mark } = saver.saved
  const { document, layout } = theirs
  return rebase({
    base,
    mine: unsavedCommands(history, mark, base),
    theirs: { document, layout },
    // In the past, so that the next edit is a step of undo of its own.
    atMs: 0,
    prefer,
    ...(titleOf ? { titleOf } : {}),
  })
}

/** Goes on with my commands on top of theirs, and saves. */
export function putOnTop(editor: SavedEditor, theirs: NewerDraft, prefer: 'theirs' | 'mine'): number {
  const { history, applied } = tryRebase(editor, theirs, prefer)
  editor.store.getState().load(history)
  editor.saver.resume({ revision: theirs.revision, content: history.states[0], mark: 0 })
  return applied.length
}

/** Goes on with theirs alone. My history ends here. */
export function takeTheirs({ store, saver }: SavedEditor, { document, layout, revision }: NewerDraft): void {
  const history = startHistory({ document, layout })
  store.getState().load(history)
  saver.resume({ revision, content: present(history), mark: 0 })
}
