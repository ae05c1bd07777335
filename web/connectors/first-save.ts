import { EditorView } from '@codemirror/view'
import type { Caret } from './code-editor.tsx'
import type { SavedFiles } from './use-saving.ts'

/** Where someone writes: the open file, and the place in it. */
export interface WritingPlace extends Caret {
  readonly file: string
}

/** A connector that was just saved for the first time, as the page that it was begun on leaves it to its own. */
export interface FirstSave extends SavedFiles {
  readonly name: string
  readonly place: WritingPlace | undefined
}

let last: FirstSave | undefined

/** Leaves a connector to the page that opens next, so that whoever writes can go on without looking up. */
export function handOver(save: FirstSave | undefined): void {
  last = save
}

/** The connector as it was left; undefined where it was not just begun. */
export function handedOver(name: string): FirstSave | undefined {
  return last?.name === name ? last : undefined
}

/** Where someone writes at this moment; undefined where no file is open. */
export function writingPlace(): WritingPlace | undefined {
  const content = document.querySelector<HTMLElement>('[data-file] .cm-content')
  const view = content && EditorView.findFromDOM(content)
  const file = content?.closest<HTMLElement>('[data-file]')?.dataset['file']
  if (!view || file === undefined) return undefined
  const { anchor, head } = view.state.selection.main
  return { file, anchor, head, top: view.scrollDOM.scrollTop, focused: view.hasFocus }
}
