import { useCallback } from 'react'
import type { Command } from '../document/command.ts'
import { describeCommand } from '../document/describe-command.ts'
import type { CanvasPoint } from '../document/draft-document.ts'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { toastFailed } from '../../ui/toaster.tsx'
import { allOpenFields } from '../document/validate-draft-objects.ts'
import { additionOf, isFree, slotOf } from './add-step.ts'
import type { AddableStep } from './add-step.ts'
import { useEditorStore, useSurroundings } from './editor-context.ts'
import type { EditorSurroundings } from './editor-context.ts'
import type { EditorState } from './editor-store.ts'
import { freeNoteId } from './step-commands.ts'

/** Adds a step from palette, picker, menu or key, and takes the focus there. `at` is where a note goes. */
export function useAddStep(): (step: AddableStep, at?: CanvasPoint) => void {
  const store = useEditorStore()
  const around = useSurroundings()
  return useCallback((step, at) => addStep(store.getState(), around, step, at), [store, around])
}

function addStep(
  state: EditorState,
  around: EditorSurroundings,
  step: AddableStep,
  at: CanvasPoint | undefined,
): void {
  const slot = slotOf(step)
  if (slot === undefined) return addNote(state, at)
  if (!isFree(slot, state.content)) {
    const needsSource = slot === 'protection' && !state.content.document.source
    return toastFailed(needsSource ? words.needsSource : words.taken[slot])
  }
  switch (step.type) {
    case 'connection': {
      const recommended = around.recommended?.(step.connection.kind)
      if (!state.run(additionOf(step.connection, state.content, recommended))) return
      if (slot === 'source') state.show({ wantsRecommended: recommended === undefined })
      break
    }
    case 'kind':
      return addKind(state, around, step)
    case 'protection':
      if (!state.run(protectSensitive(state, around))) return
      state.show({ wantsProtection: state.wantsRecommended || around.catalogue === undefined })
      break
    case 'note':
      return
  }
  arriveAt(state, slot, step.type === 'connection' ? step.connection.name : words.kinds[slot])
}

/** A step that protects begins with what people add it for: every sensitive field hashed. It is one step of undo. */
function protectSensitive({ content }: EditorState, { catalogue }: EditorSurroundings): Command {
  const add = { type: 'addProtection' } as const
  const fields = allOpenFields(content.document, catalogue)
  if (Object.keys(fields).length === 0) return add
  const hash = { type: 'setProtection', fields, protection: 'hash' } as const
  return { type: 'batch', label: describeCommand(add), commands: [add, hash] }
}

/** One connection of the kind: it is taken. Several: they are offered. None: one is asked for. */
function addKind(
  state: EditorState,
  around: EditorSurroundings,
  { side, kind }: Extract<AddableStep, { type: 'kind' }>,
): void {
  const saved = (around.connections ?? []).filter((one) => one.side === side && one.kind === kind)
  const [only, second] = saved
  if (only && !second) return addStep(state, around, { type: 'connection', connection: only }, undefined)
  if (saved.length === 0 && around.connect) return around.connect(side, kind)
  state.show({ picker: { slot: side } })
}

function addNote(state: EditorState, at: CanvasPoint | undefined): void {
  const id = freeNoteId(state.content)
  const point = at ?? { x: 0, y: -176 }
  if (!state.run({ type: 'addNote', id, note: { text: '', ...point } })) return
  state.show({ panel: { step: `note:${id}` } })
  state.say(words.said.done(words.note))
  state.goTo(`note:${id}`, false)
}

function arriveAt(state: EditorState, step: string, name: string): void {
  state.show({ picker: undefined })
  state.goTo(step)
  state.say(words.said.done(name))
}
