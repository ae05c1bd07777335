import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Command } from '../document/command.ts'
import { describeCommand } from '../document/describe-command.ts'
import type { DraftDocument, EditorContent } from '../document/draft-document.ts'
import { commit, nextRedo, nextUndo, present, redo, undo } from '../document/history.ts'
import type { History } from '../document/history.ts'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'

export type EditorView = 'canvas' | 'outline' | 'yaml'
export type EditorDrawer = 'problems' | 'preview' | 'run'
/** The parts of a step's panel. */
export type PanelTab = 'objects' | 'fields' | 'settings'

/** Everything the editor's screen shows and does. The document changes through `run`, `undo` and `redo` alone. */
export interface EditorState {
  readonly history: History
  /** The content in force, kept beside the history so that a selector gets the same object until it changes. */
  readonly content: EditorContent
  readonly readOnly: boolean
  readonly view: EditorView
  /** The step that has the focus, or would have it: the canvas's one tab stop. */
  readonly current: string | undefined
  /** Steps chosen together with the current one. */
  readonly selected: ReadonlySet<string>
  /** The step whose panel is open. */
  readonly panel: { readonly step: string; readonly tab?: PanelTab | undefined } | undefined
  readonly drawer: EditorDrawer | undefined
  /** The object that the preview is about, the first where none is said; with `load`, it is fetched at once. */
  readonly previewed: { readonly object?: string | undefined; readonly load: boolean } | undefined
  /** Where something is being added, and after which step. */
  readonly picker: { readonly slot: 'source' | 'protection' | 'destination' } | undefined
  /** The source was chosen before it was known what its connector recommends: its objects are added when it is. */
  readonly wantsRecommended: boolean
  /** Protection was added before it was known which fields are sensitive: they are hashed as soon as it is. */
  readonly wantsProtection: boolean
  /** Text that was left in the YAML view and is no pipeline, and the document it was to change. */
  readonly unreadYaml: { readonly text: string; readonly document: DraftDocument } | undefined
  /** Counts the wishes for the focus on the current step; the view that shows it answers each. */
  readonly focusWish: number
  /** The last sentence for a screen reader. */
  readonly said: { readonly text: string; readonly count: number }
  /** Does a command; false where it does not apply (then a sentence says why) or changes nothing. */
  readonly run: (command: Command) => boolean
  readonly undo: () => void
  readonly redo: () => void
  /** Takes over a history: a reload's, or one rebased on a newer version. */
  readonly load: (history: History) => void
  readonly say: (text: string) => void
  /** Makes a step the current one and, with `focus`, moves the focus to it. */
  readonly goTo: (step: string, focus?: boolean) => void
  readonly show: (
    part: Partial<
      Pick<
        EditorState,
        | 'view'
        | 'panel'
        | 'drawer'
        | 'previewed'
        | 'picker'
        | 'selected'
        | 'wantsRecommended'
        | 'wantsProtection'
        | 'unreadYaml'
      >
    >,
  ) => void
}

export type EditorStore = StoreApi<EditorState>

interface EditorStart {
  readonly history: History
  readonly readOnly?: boolean
  /** The clock; Unix milliseconds. */
  readonly now?: () => number
}

/** The state of one open editor. */
export function createEditorStore({ history, readOnly = false, now = Date.now }: EditorStart): EditorStore {
  return createStore<EditorState>((set, get) => {
    const say = (text: string): void => set(({ said }) => ({ said: { text, count: said.count + 1 } }))
    const load = (next: History): void => set(settled(next, get().current))
    const run = (command: Command): boolean => {
      if (get().readOnly) return false
      const done = commit(get().history, command, now())
      if ('refused' in done) say(done.refused)
      if ('refused' in done || done.history === get().history) return false
      load(done.history)
      return true
    }
    return {
      history,
      content: present(history),
      readOnly,
      view: 'canvas',
      current: undefined,
      selected: new Set(),
      panel: undefined,
      drawer: undefined,
      previewed: undefined,
      picker: undefined,
      wantsRecommended: false,
      wantsProtection: false,
      unreadYaml: undefined,
      focusWish: 0,
      said: { text: '', count: 0 },
      run,
      say,
      load,
      undo: () => stepBack(get(), set, say),
      redo: () => stepForward(get(), set, say),
      goTo: (step, focus = true) =>
        set(({ focusWish }) => ({
          current: step,
          selected: new Set(),
          focusWish: focusWish + (focus ? 1 : 0),
        })),
      show: (part) => set(part),
    }
  })
}

/** A history in force. Where an end of the flow came or went, the current step is what stands in its place now. */
function settled(
  history: History,
  current: string | undefined,
): Pick<EditorState, 'history' | 'content' | 'current'> {
  const content = present(history)
  const end = current?.replace('slot:', '')
  if (end !== 'source' && end !== 'destination') return { history, content, current }
  return { history, content, current: content.document[end] ? end : `slot:${end}` }
}

type SetState = StoreApi<EditorState>['setState']
type Say = (text: string) => void

function stepBack({ history, readOnly, current }: EditorState, set: SetState, say: Say): void {
  const command = nextUndo(history)
  if (command === undefined || readOnly) return say(words.said.nothingToUndo)
  set(settled(undo(history), current))
  say(words.said.undone(describeCommand(command)))
}

function stepForward({ history, readOnly, current }: EditorState, set: SetState, say: Say): void {
  const command = nextRedo(history)
  if (command === undefined || readOnly) return say(words.said.nothingToRedo)
  set(settled(redo(history), current))
  say(words.said.redone(describeCommand(command)))
}
