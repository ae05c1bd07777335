import { useMemo } from 'react'
import { toastFailed } from '../../ui/toaster.tsx'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import type { Flow } from '../canvas/flow.ts'
import { describeCommand } from '../document/describe-command.ts'
import { pasteSteps, writeSteps } from './copied-steps.ts'
import { useEditorStore, useSurroundings } from './editor-context.ts'
import type { EditorSurroundings } from './editor-context.ts'
import type { EditorState, EditorStore } from './editor-store.ts'
import { focusAfterRemoval, removalOfAll } from './step-commands.ts'
import { isFree } from './add-step.ts'

/** What can be done with a step, whichever view shows it. */
export type StepAct =
  | 'openStep'
  | 'addAfter'
  | 'addBefore'
  | 'renameStep'
  | 'removeStep'
  | 'removeStepToo'
  | 'copyStep'
  | 'cutStep'
  | 'pasteStep'
  | 'duplicateStep'
  | 'disableStep'
  | 'previewStep'
  | 'stepMenu'

/** The commands of canvas and outline on steps, with focus and speech. */
export interface StepActions {
  /** Goes to a step, or says nothing where there is none that way. */
  readonly walk: (step: string | undefined) => void
  readonly act: (act: StepAct, step: string) => void
}

interface Around {
  readonly flow: Flow
  readonly around: EditorSurroundings
  readonly onRename: (step: string) => void
}

/** The actions of the open editor. `onRename` opens the name for editing. */
export function useStepActions(flow: Flow, onRename: (step: string) => void): StepActions {
  const store = useEditorStore()
  const around = useSurroundings()
  return useMemo(
    () => ({
      walk: (step) => (step === undefined ? undefined : walkTo(store.getState(), flow, step)),
      act: (act, step) => actOn(store, { flow, around, onRename }, act, step),
    }),
    [store, flow, around, onRename],
  )
}

function walkTo(state: EditorState, { steps }: Flow, id: string): void {
  const step = steps.find((one) => one.id === id)
  state.goTo(id)
  if (step)
    state.say(
      words.said.at(
        step.name || words.noteEmpty,
        words.kinds[step.kind],
        steps.indexOf(step) + 1,
        steps.length,
      ),
    )
}

function actOn(store: EditorStore, around: Around, act: StepAct, step: string): void {
  const state = store.getState()
  const chosen = state.selected.size > 0 ? state.selected : new Set([step])
  switch (act) {
    case 'openStep':
      return openStep(state, step)
    case 'addAfter':
    case 'addBefore':
      return addBeside(state, act === 'addAfter' ? 'after' : 'before', step)
    case 'renameStep':
      return step.startsWith('slot:') || step.startsWith('note:')
        ? openStep(state, step)
        : around.onRename(step)
    case 'removeStep':
    case 'removeStepToo':
      return removeSteps(store, around.flow, chosen, step)
    case 'copyStep':
    case 'duplicateStep':
    case 'cutStep':
      return copySteps(store, around, act, chosen, step)
    case 'pasteStep':
      void navigator.clipboard.readText().then(
        (text) => pasteText(store, around, text),
        () => state.say(words.said.nothingToPaste),
      )
      return
    case 'disableStep':
      return disableSteps(state, around.flow, chosen)
    case 'previewStep':
      return previewStep(state, step)
    case 'stepMenu':
      return openMenu(step)
  }
}

function openStep(state: EditorState, step: string): void {
  if (step === 'slot:source' || step === 'slot:destination')
    return state.show({ picker: { slot: step === 'slot:source' ? 'source' : 'destination' } })
  state.goTo(step, false)
  state.show({ panel: { step } })
}

/** Each place exists once, so "after" and "before" lead to the nearest one that is still free. */
function addBeside(state: EditorState, side: 'after' | 'before', step: string): void {
  const order = ['source', 'protection', 'destination'] as const
  const at = order.findIndex((slot) => step === slot || step === `slot:${slot}`)
  const beside = side === 'after' ? order.slice(Math.max(at, 0)) : order.slice(0, at + 1).toReversed()
  const free = [...beside, ...order].find((slot) => isFree(slot, state.content))
  if (free === undefined) return state.say(words.taken.destination)
  state.show({ picker: { slot: free } })
}

function removeSteps(store: EditorStore, flow: Flow, steps: ReadonlySet<string>, current: string): void {
  const state = store.getState()
  const command = removalOfAll(steps)
  if (!command || !state.run(command)) return
  const name = flow.steps.find(({ id }) => id === current)?.name ?? describeCommand(command)
  if (state.panel && steps.has(state.panel.step)) state.show({ panel: undefined })
  state.goTo(focusAfterRemoval(flow, current))
  const left = flow.steps.filter(({ id, kind }) => kind !== 'slot' && !steps.has(id)).length
  state.say(words.said.removed(name, left))
}

function copySteps(
  store: EditorStore,
  around: Around,
  act: 'copyStep' | 'duplicateStep' | 'cutStep',
  steps: ReadonlySet<string>,
  current: string,
): void {
  const state = store.getState()
  const text = writeSteps(state.content, steps)
  if (act === 'duplicateStep') return pasteText(store, around, text)
  void navigator.clipboard.writeText(text).then(() => {
    state.say(words.said.copied(steps.size))
    if (act === 'cutStep') removeSteps(store, around.flow, steps, current)
  })
}

function pasteText(store: EditorStore, { around }: Around, text: string): void {
  const state = store.getState()
  const command = pasteSteps(text, state.content, around.connections)
  if (!command || !state.run(command)) return state.say(words.said.nothingToPaste)
  state.say(words.said.done(describeCommand(command)))
}

/** Disables the objects among the chosen steps, or, where all of them are, enables them; of another step, says why it cannot be. */
function disableSteps(state: EditorState, { steps }: Flow, chosen: ReadonlySet<string>): void {
  const cards = steps.filter(({ id, kind }) => chosen.has(id) && kind === 'object')
  const [other] = steps.filter(({ id }) => chosen.has(id))
  if (cards.length === 0) {
    if (other) toastFailed(words.cannotDisable[other.kind])
    return
  }
  const type = cards.every(({ disabled }) => disabled) ? 'enableObjects' : 'disableObjects'
  const objects = cards.map(({ id }) => id.slice('object:'.length))
  if (state.run({ type, objects })) state.say(words.said[type](cards.map(({ name }) => name).join(', ')))
}

/** Opens the preview with the step's object, or with the one that was looked at last. */
function previewStep(state: EditorState, step: string): void {
  const object = step.startsWith('object:') ? step.slice('object:'.length) : state.previewed?.object
  state.show({ drawer: 'preview', previewed: { object, load: true } })
}

/** The menu opens as on a right click, beside the card. */
function openMenu(step: string): void {
  const card = document.querySelector(`[data-id="${CSS.escape(step)}"]`)
  const box = card?.getBoundingClientRect()
  if (!box) return
  const at = { clientX: box.left + 24, clientY: box.bottom - 12 }
  card?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...at }))
}
