import type { EditorContent } from '../document/draft-document.ts'
import { markOf } from '../document/history.ts'
import type { EditorStore } from '../state/editor-store.ts'
import type { DraftPort, NewerDraft, SaveAnswer, StoredDraft } from './draft-port.ts'
import type { ServerVerdict } from '../document/validate-draft.ts'
import { findOwn } from './find-own.ts'
import type { OwnPoint } from './find-own.ts'

/** So long after the last command a draft is saved. */
export const saveAfterMs = 800
/** A server that says nothing for so long is taken to be away: the network may have gone without a word. */
const answerMs = 20_000
const firstRetryMs = 2_000
const longestRetryMs = 30_000

/** What the header says about saving. */
export type SaveState =
  | { readonly kind: 'saved'; readonly atMs: number }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'failed'; readonly message: string; readonly signedOut: boolean }
  | { readonly kind: 'conflict'; readonly theirs: NewerDraft }

/** What the server has: its revision, the content, and where in the history that was. */
export interface SavedPoint {
  readonly revision: number
  readonly content: EditorContent
  readonly mark: number
}

interface DraftSaverParts {
  readonly store: EditorStore
  readonly port: DraftPort
  readonly saved: SavedPoint
  readonly now: () => number
  /** Hears of every change of state, and of the server's problems with a saved draft. */
  readonly onState: (state: SaveState) => void
  readonly onVerdict: (verdict: ServerVerdict) => void
}

/**
 * Saves the draft after every command, one save at a time, each with the revision it was based on. While the server does not answer it
 * tries again, ever more slowly, and at once when the network is back. What the server had saved before its answer got lost is saved, and
 * no conflict. A conflict stops it until `resume`.
 */
export class DraftSaver {
  readonly #parts: DraftSaverParts
  #saved: SavedPoint
  /** What was sent since then and not answered: the server may have any of it. */
  #unanswered: readonly OwnPoint[] = []
  #state: SaveState
  #timer: ReturnType<typeof setTimeout> | undefined
  #retryMs = firstRetryMs
  #inFlight: Promise<void> | undefined
  readonly #forget: () => void

  constructor(parts: DraftSaverParts) {
    this.#parts = parts
    this.#saved = parts.saved
    this.#state = { kind: 'saved', atMs: parts.now() }
    this.#forget = parts.store.subscribe((state, before) => {
      if (state.content !== before.content) this.#onChange()
    })
    if (this.#isDirty()) this.#onChange()
  }

  /** What the server has now. */
  get saved(): SavedPoint {
    return this.#saved
  }

  get state(): SaveState {
    return this.#state
  }

  /** Saves without waiting. Resolves when what was there is saved, or could not be. */
  async saveNow(): Promise<void> {
    clearTimeout(this.#timer)
    while (this.#inFlight) await this.#inFlight
    if (!this.#isDirty() || this.#state.kind === 'conflict') return
    this.#inFlight = this.#save().finally(() => {
      this.#inFlight = undefined
    })
    await this.#inFlight
  }

  /** Goes on after a conflict: the server's draft is now this one, and the history in the store stands on it. */
  resume(saved: SavedPoint): void {
    this.#holds(saved)
    if (this.#isDirty()) {
      this.#enter({ kind: 'unsaved' })
      void this.saveNow()
    } else this.#enter({ kind: 'saved', atMs: this.#parts.now() })
  }

  /** Someone else's newer draft is known of without a save having been refused. */
  clash(theirs: NewerDraft): void {
    clearTimeout(this.#timer)
    this.#enter({ kind: 'conflict', theirs })
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#forget()
  }

  #isDirty(): boolean {
    return this.#parts.store.getState().content !== this.#saved.content
  }

  #onChange(): void {
    if (this.#state.kind === 'conflict') return
    clearTimeout(this.#timer)
    if (!this.#isDirty()) return this.#enter({ kind: 'saved', atMs: this.#parts.now() })
    if (this.#state.kind !== 'saving')
      this.#enter({ kind: this.#state.kind === 'offline' ? 'offline' : 'unsaved' })
    this.#timer = setTimeout(() => void this.saveNow(), saveAfterMs)
  }

  async #save(): Promise<void> {
    const { content, history } = this.#parts.store.getState()
    const mark = markOf(history)
    // Whoever was told that nobody answers hears next that somebody did.
    if (this.#state.kind !== 'offline') this.#enter({ kind: 'saving' })
    const answer = await this.#send({ ...content, revision: this.#saved.revision })
    if (answer.kind === 'conflict' && this.#isMine(answer.theirs)) return await this.#save()
    this.#take(answer, content, mark)
  }

  async #send(draft: StoredDraft): Promise<SaveAnswer> {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), answerMs)
    return await this.#parts.port.save(draft, patience.signal).finally(() => clearTimeout(timer))
  }

  /** Whether the newer draft is what was saved here without an answer; then it is what the server has. */
  #isMine(theirs: NewerDraft): boolean {
    const { history } = this.#parts.store.getState()
    const own = findOwn(history, this.#saved.mark, theirs, this.#unanswered)
    if (own) this.#holds({ ...own, revision: theirs.revision })
    return own !== undefined
  }

  #holds(saved: SavedPoint): void {
    this.#saved = saved
    this.#unanswered = []
  }

  #take(answer: SaveAnswer, content: EditorContent, mark: number): void {
    switch (answer.kind) {
      case 'saved':
        this.#holds({ revision: answer.revision, content, mark })
        this.#retryMs = firstRetryMs
        this.#parts.onVerdict({ document: content.document, problems: answer.problems })
        this.#enter(this.#isDirty() ? { kind: 'unsaved' } : { kind: 'saved', atMs: this.#parts.now() })
        if (this.#isDirty()) this.#timer = setTimeout(() => void this.saveNow(), saveAfterMs)
        return
      case 'offline':
        this.#unanswered = [...this.#unanswered, { content, mark }]
        this.#enter({ kind: 'offline' })
        this.#timer = setTimeout(() => void this.saveNow(), this.#retryMs)
        this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs)
        return
      case 'refused':
        this.#enter({ kind: 'failed', message: answer.message, signedOut: answer.signedOut })
        return
      case 'conflict':
        this.#enter({ kind: 'conflict', theirs: answer.theirs })
    }
  }

  #enter(state: SaveState): void {
    this.#state = state
    this.#parts.onState(state)
  }
}
