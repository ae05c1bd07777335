import { type ReactNode, useCallback, useState } from 'react'
import { ReactFlowProvider } from 'reactflow'
import { useShortcut } from '../../keyboard/use-shortcut.ts'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { ContextMenu } from '../../ui/menu.tsx'
import type { CanvasPoint } from '../document/draft-document.ts'
import { useEditor, useEditorStore } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { useAddStep } from '../state/use-add-step.ts'
import { useFlow } from '../state/use-flow.ts'
import { useStepActions } from '../state/use-step-actions.ts'
import { CanvasToolbar } from './canvas-toolbar.tsx'
import type { SlotKind } from './flow.ts'
import { Palette } from './palette.tsx'
import { PipelineCanvas } from './pipeline-canvas.tsx'
import { RenameStep } from './rename-step.tsx'
import { stepMenu } from './step-menu.ts'
import { useCanvasKeys } from './use-canvas-keys.ts'
import { usePaletteDrag } from './use-palette-drag.ts'

const currentOf = (state: EditorState): EditorState['current'] => state.current
const selectedOf = (state: EditorState): EditorState['selected'] => state.selected
const wishOf = (state: EditorState): number => state.focusWish
const hasObjectCards = (state: EditorState): boolean => state.content.layout.objectCards
const hasPanel = (state: EditorState): boolean => state.panel !== undefined
const isReadOnly = (state: EditorState): boolean => state.readOnly

interface EditorCanvasProps {
  /** Whether the palette stands beside the canvas. */
  readonly palette: boolean
}

/** The canvas on which a pipeline is drawn, with its palette, keys, menu and tools. */
export function EditorCanvas({ palette }: EditorCanvasProps): ReactNode {
  return (
    <ReactFlowProvider>
      <DrawnPipeline palette={palette} />
    </ReactFlowProvider>
  )
}

function DrawnPipeline({ palette }: EditorCanvasProps): ReactNode {
  const store = useEditorStore()
  const flow = useFlow()
  const add = useAddStep()
  const readOnly = useEditor(isReadOnly)
  const objectCards = useEditor(hasObjectCards)
  const current = useEditor(currentOf)
  const panel = useEditor(hasPanel)
  const [renamed, setRenamed] = useState<string>()
  const actions = useStepActions(flow, setRenamed)
  const onKeyDown = useCanvasKeys(flow, actions)
  const { drag, ghost, slot } = usePaletteDrag(add)
  const { onPress, onMove, onInsert, onFocusStep, onTidy } = useCanvasEvents(actions.act)
  useShortcut('tidy', onTidy, !readOnly)
  const at = current ?? flow.steps[0]?.id
  const items = stepMenu(at, (act) => at && actions.act(act, at), {
    onNote: () => add({ type: 'note' }),
    onTidy,
    disabled: new Set(flow.steps.flatMap(({ id, disabled }) => (disabled ? [id] : []))),
  })
  return (
    <div className="flex h-full min-h-0 w-full">
      {palette && !readOnly && <Palette drag={drag} onAdd={add} />}
      <ContextMenu items={items}>
        <div role="presentation" className="relative min-w-0 flex-1" onKeyDown={onKeyDown}>
          <PipelineCanvas
            flow={flow}
            current={current}
            selected={useEditor(selectedOf)}
            dragged={slot}
            focusWish={useEditor(wishOf)}
            fitKey={`${panel} ${objectCards}`}
            readOnly={readOnly}
            {...{ onPress, onMove, onInsert, onFocusStep }}
          >
            <CanvasToolbar
              onTidy={readOnly ? undefined : onTidy}
              objectCards={objectCards}
              onObjectCards={(shown) => store.getState().run({ type: 'showObjectCards', shown })}
            />
          </PipelineCanvas>
        </div>
      </ContextMenu>
      {ghost && (
        <div style={{ left: ghost.x, top: ghost.y }} className={ghostClass}>
          <ghost.item.icon aria-hidden size={16} className="text-accent" />
          {ghost.item.title}
        </div>
      )}
      {renamed !== undefined && <RenameStep step={renamed} onClose={() => setRenamed(undefined)} />}
    </div>
  )
}

interface CanvasEvents {
  readonly onPress: (step: string, event: { readonly shiftKey: boolean }) => void
  readonly onFocusStep: (step: string) => void
  readonly onMove: (to: Readonly<Record<string, CanvasPoint>>) => void
  readonly onInsert: (slot: SlotKind) => void
  readonly onTidy: () => void
}

/** What pointer presses mean: one step, several with Shift, a move, an insertion. */
function useCanvasEvents(act: (act: 'openStep', step: string) => void): CanvasEvents {
  const store = useEditorStore()
  const add = useAddStep()
  const onPress = (step: string, { shiftKey }: { readonly shiftKey: boolean }): void => {
    const state = store.getState()
    if (!shiftKey) {
      state.goTo(step, false)
      return act('openStep', step)
    }
    const selected = new Set([...state.selected, ...(state.current ? [state.current] : [])])
    if (!selected.delete(step)) selected.add(step)
    state.goTo(step)
    state.show({ selected })
    state.say(words.said.selected(selected.size))
  }
  return {
    onPress,
    onFocusStep: (step) => store.getState().goTo(step),
    onMove: (to) => store.getState().run({ type: 'moveSteps', to }),
    onInsert: useCallback((slot) => (slot === 'protection' ? add({ type: slot }) : undefined), [add]),
    onTidy: () => {
      store.getState().run({ type: 'tidy' })
      store.getState().say(words.said.tidied)
    },
  }
}

const ghostClass =
  'bg-surface shadow-over pointer-events-none fixed z-50 flex h-9 -translate-x-1/2 -translate-y-1/2 items-center gap-2 rounded-md border px-3'
