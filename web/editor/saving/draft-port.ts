import type { CanvasLayout, DraftDocument } from '../document/draft-document.ts'
import type { ServerProblem } from '../document/validate-draft.ts'

/** A draft as the server keeps it. `revision` changes with every save. */
export interface StoredDraft {
  readonly revision: number
  readonly document: DraftDocument
  readonly layout: CanvasLayout
}

/** A newer draft that someone else saved. */
export interface NewerDraft extends StoredDraft {
  readonly savedBy: string | undefined
  readonly savedAt: string | undefined
}

/** What became of a save: the server has it, has somebody else's, did not answer, or said no. */
export type SaveAnswer =
  | { readonly kind: 'saved'; readonly revision: number; readonly problems: readonly ServerProblem[] }
  | { readonly kind: 'conflict'; readonly theirs: NewerDraft }
  /** No answer came, or not in time: it is tried again. */
  | { readonly kind: 'offline' }
  /** The server said no: trying again will not help until something changes. */
  | { readonly kind: 'refused'; readonly message: string; readonly signedOut: boolean }

/** Where drafts are kept. Never rejects: every failure is an answer, and so is an end of patience. */
export interface DraftPort {
  readonly save: (draft: StoredDraft, patience: AbortSignal) => Promise<SaveAnswer>
}
