import { present, startHistory } from '../document/history.ts'
import type { History } from '../document/history.ts'
import { isSameJson } from '../document/json-pointer.ts'
import { unsavedCommands } from '../document/rebase.ts'
import type { StoredDraft } from './draft-port.ts'
import type { SavedPoint } from './draft-saver.ts'
import { findOwn } from './find-own.ts'
import type { Journal } from './journal.ts'

/** How an editor begins: with a history, what the server has, and whether work came back that was not saved. */
export interface OpenedDraft {
  readonly history: History
  readonly saved: SavedPoint
  /** Commands that were kept on this device alone. */
  readonly restored: number
  /** The server went on meanwhile: the history stands on an older revision, and has to be put on the newer one. */
  readonly behind: boolean
}

/**
 * Puts together the server's draft and what this device kept. The same revision, or a newer one that was saved from here: the history goes
 * on, undo and all. Somebody else's newer one: work that was not saved is kept to be rebased; a history without such work is let go.
 */
export function openDraft(draft: StoredDraft, kept: Journal | undefined): OpenedDraft {
  const { revision, document, layout } = draft
  const fresh = (): OpenedDraft => {
    const history = startHistory({ document, layout })
    return { history, saved: { revision, content: history.states[0], mark: 0 }, restored: 0, behind: false }
  }
  if (!kept) return fresh()
  const { history } = kept
  const saved = savedOf(kept, draft)
  const restored = unsavedCommands(history, saved.mark, saved.content).length
  const unsaved = !isSameJson(present(history), saved.content)
  if (saved.revision === revision && isSameJson(saved.content.document, document))
    return { history, saved, restored, behind: false }
  return unsaved && restored > 0 ? { history, saved, restored, behind: true } : fresh()
}

/** What the server had when this device was last told, or has since a save whose answer got lost. */
function savedOf({ history, saved }: Journal, draft: StoredDraft): SavedPoint {
  if (saved.revision === draft.revision) return saved
  const own = findOwn(history, saved.mark, draft)
  return own ? { ...own, revision: draft.revision } : saved
}
