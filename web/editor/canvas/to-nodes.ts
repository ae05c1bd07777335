import { Position } from 'reactflow'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import type { CanvasPoint } from '../document/draft-document.ts'
import type { FlowLine } from './flow-edge.tsx'
import type { Flow, FlowStep, SlotKind } from './flow.ts'
import { type Joint, lineId } from './join-lines.ts'
import { cardSize } from './lay-out-flow.ts'
import type { StepNode } from './step-card.tsx'

/** What of the canvas's state a card shows. */
export interface NodeState {
  readonly points: ReadonlyMap<string, CanvasPoint>
  /** The one step that Tab reaches. */
  readonly tabStop: string | undefined
  /** The step someone went to. */
  readonly current: string | undefined
  readonly selected: ReadonlySet<string>
  /** The kind of step being dragged in: the places that take it light up. */
  readonly dragged: SlotKind | undefined
  readonly draggable: boolean
  readonly helpId: string
}

/** Cards for React Flow. Sizes and handles are given, so that a card can take the focus before it has been measured. */
export function toNodes(flow: Flow, state: NodeState): StepNode[] {
  const flowSteps = flow.steps.filter(({ kind }) => kind !== 'note')
  return flow.steps.map((step) => {
    const { width, height } = cardSize[step.kind]
    const place = step.kind === 'note' ? '' : words.place(flowSteps.indexOf(step) + 1, flowSteps.length)
    return {
      id: step.id,
      type: 'step',
      width,
      height,
      measured: { width, height },
      handles: handlesOf(step, width, height),
      position: state.points.get(step.id) ?? { x: 0, y: 0 },
      draggable: state.draggable && step.kind !== 'slot',
      data: {
        step,
        chosen: step.id === state.current || state.selected.has(step.id),
        lit: step.slot !== undefined && step.slot === state.dragged,
      },
      ariaRole: 'group',
      ariaLabel: labelOf(step, place),
      domAttributes: {
        tabIndex: step.id === state.tabStop ? 0 : -1,
        'aria-roledescription': step.kind === 'slot' ? words.emptyPlace : words.step,
        'aria-describedby': state.helpId,
      },
    }
  })
}

/** The lines between the cards, as edges of React Flow. A line on which something can be put has a +, and lights up while that is dragged. */
export function toEdges(
  flow: Flow,
  joints: ReadonlyMap<string, Joint>,
  dragged: SlotKind | undefined,
  onInsert: (slot: SlotKind) => void,
): FlowLine[] {
  return flow.edges.map(({ from, to, insert, moving, idle = false }) => ({
    id: lineId({ from, to }),
    source: from,
    target: to,
    type: 'flow',
    focusable: false,
    selectable: false,
    data: {
      insert,
      onInsert,
      moving: moving ?? false,
      idle,
      joint: joints.get(lineId({ from, to })),
      lit: insert !== undefined && insert === dragged,
    },
  }))
}

/** What a screen reader says of a card. */
export function labelOf(step: FlowStep, place: string): string {
  const more = [step.live ? words.live[step.live] : step.summary]
  if (step.errors + step.warnings > 0)
    more.push(words.marked(step), ...(step.notices ?? []).map((said) => said.replace(/\.$/, '')))
  const name = step.kind === 'note' ? step.name || words.noteEmpty : step.name
  return words.cardLabel(name, words.kinds[step.kind], place, more.filter(Boolean).join('. '))
}

function handlesOf(step: FlowStep, width: number, height: number): NonNullable<StepNode['handles']> {
  const side = { y: height / 2 - 3, width: 6, height: 6 }
  const takes = step.kind !== 'source' && step.kind !== 'note' && step.slot !== 'source'
  const gives = step.kind !== 'destination' && step.kind !== 'note' && step.slot !== 'destination'
  return [
    ...(takes ? [{ type: 'target' as const, position: Position.Left, x: -3, ...side }] : []),
    ...(gives ? [{ type: 'source' as const, position: Position.Right, x: width - 3, ...side }] : []),
  ]
}
