import { type KeyboardEvent, useCallback } from 'react'
import { useReactFlow } from 'reactflow'
import { pressOf } from '../../keyboard/press.ts'
import { keysOf, useShortcutPreferences } from '../../keyboard/preferences.ts'
import { isMidSequence } from '../../keyboard/use-shortcut.ts'
import { useEditorStore } from '../state/editor-context.ts'
import type { StepActions } from '../state/use-step-actions.ts'
import { type Direction, type Flow, neighbourOf, streamOf } from './flow.ts'
import { layOutFlow } from './lay-out-flow.ts'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'

const walks = {
  stepNext: 'next',
  stepPrevious: 'previous',
  branchDown: 'down',
  branchUp: 'up',
  stepFirst: 'first',
  stepLast: 'last',
} as const satisfies Record<string, Direction>

const nudges = {
  moveLeft: { x: -20, y: 0 },
  moveRight: { x: 20, y: 0 },
  moveUp: { x: 0, y: -20 },
  moveDown: { x: 0, y: 20 },
} as const

const acts = [
  'openStep',
  'addAfter',
  'addBefore',
  'renameStep',
  'removeStep',
  'removeStepToo',
  'copyStep',
  'cutStep',
  'pasteStep',
  'duplicateStep',
  'disableStep',
  'previewStep',
  'stepMenu',
  'selectDownstream',
  'selectUpstream',
  'fit',
  'actualSize',
  'zoomIn',
  'zoomOut',
] as const

type CanvasKey = keyof typeof walks | keyof typeof nudges | (typeof acts)[number]

const names: readonly CanvasKey[] = [...keysIn(walks), ...keysIn(nudges), ...acts]

/** The canvas's keys, as the keyboard map has them. They act only while a card has the focus, and never in a text. */
export function useCanvasKeys(flow: Flow, actions: StepActions): (event: KeyboardEvent) => void {
  const store = useEditorStore()
  const { fitView, zoomIn, zoomOut, zoomTo } = useReactFlow()
  return useCallback(
    (event) => {
      const card = event.target instanceof Element ? event.target.closest('.react-flow__node') : null
      const name = canvasKeyOf(event)
      const state = store.getState()
      // The card that has the focus, also where a screen reader put it there.
      const at = card?.getAttribute('data-id') ?? undefined
      if (name === undefined || at === undefined || isMidSequence(event.timeStamp)) return
      event.preventDefault()
      if (isIn(walks, name)) return actions.walk(neighbourOf(flow, at, walks[name]))
      if (isIn(nudges, name)) return nudge(at, nudges[name])
      switch (name) {
        case 'selectDownstream':
        case 'selectUpstream': {
          const selected = streamOf(flow, at, name === 'selectUpstream' ? 'upstream' : 'downstream')
          state.show({ selected })
          return state.say(words.said.selected(selected.size))
        }
        case 'fit':
          return void fitView({ maxZoom: 1, padding: 0.15 })
        case 'actualSize':
          return void zoomTo(1)
        case 'zoomIn':
          return void zoomIn()
        case 'zoomOut':
          return void zoomOut()
        default:
          return actions.act(name, at)
      }
      function nudge(step: string, by: { readonly x: number; readonly y: number }): void {
        const point = layOutFlow(flow).get(step)
        if (!point || step.startsWith('slot:')) return
        if (state.run({ type: 'moveSteps', to: { [step]: { x: point.x + by.x, y: point.y + by.y } } }))
          state.say(words.said.moved)
      }
    },
    [store, flow, actions, fitView, zoomIn, zoomOut, zoomTo],
  )
}

/** Turning single keys off turns off letters and signs; arrows, Enter and Delete stay, as in any list. */
function canvasKeyOf(event: KeyboardEvent): CanvasKey | undefined {
  const press = pressOf(event)
  const preferences = useShortcutPreferences.getState()
  return names.find((name) => press !== undefined && keysOf(name, preferences) === press)
}

function keysIn<T extends object>(map: T): readonly (keyof T & string)[] {
  return Object.keys(map).filter((key): key is keyof T & string => key in map)
}

function isIn<T extends object>(map: T, name: string): name is keyof T & string {
  return Object.hasOwn(map, name)
}
