import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import { type NodeChange, MiniMap, ReactFlow, type ReactFlowState, useReactFlow, useStore } from 'reactflow'
import 'reactflow/dist/style.css'
import './canvas.css'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import type { CanvasPoint } from '../document/draft-document.ts'
import { CanvasDots } from './canvas-dots.tsx'
import { FlowEdge } from './flow-edge.tsx'
import type { Flow, SlotKind } from './flow.ts'
import { type Joint, joinLines } from './join-lines.ts'
import { layOutFlow } from './lay-out-flow.ts'
import { bottomInSight, linesInSight, topInSight } from './lines-in-sight.ts'
import { StepCard } from './step-card.tsx'
import type { StepNode } from './step-card.tsx'
import { toEdges, toNodes } from './to-nodes.ts'

const nodeTypes = { step: StepCard }
const edgeTypes = { flow: FlowEdge }
const fitOptions = { maxZoom: 1, padding: 0.08 } as const
/** From so many cards on, an overview helps. */
const minimapFrom = 12
const noSelection: ReadonlySet<string> = new Set()
/** While a card is dragged, each line is drawn whole, since its trunk moves. */
const noJoints: ReadonlyMap<string, Joint> = new Map()

export interface PipelineCanvasProps {
  readonly flow: Flow
  /** The step that Tab reaches; the first where absent. */
  readonly current: string | undefined
  readonly selected?: ReadonlySet<string>
  readonly dragged?: SlotKind | undefined
  /** Counts wishes for the focus on the current step; each new number is answered once. */
  readonly focusWish: number
  /** Whatever changes here shows the whole flow again. */
  readonly fitKey?: string
  readonly readOnly?: boolean
  readonly onPress: (step: string, event: { readonly shiftKey: boolean }) => void
  readonly onFocusStep?: (step: string) => void
  readonly onMove?: (to: Readonly<Record<string, CanvasPoint>>) => void
  readonly onInsert?: (slot: SlotKind) => void
  readonly children?: ReactNode
}

/** React Flow draws and pans; focus, keys and selection are ours. */
const fixed = {
  nodesFocusable: false,
  edgesFocusable: false,
  nodesConnectable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true,
  deleteKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  nodeDragThreshold: 4,
  minZoom: 0.2,
  maxZoom: 1.75,
  fitView: true,
  fitViewOptions: fitOptions,
} as const

const nothing = (): void => {}

/**
 * A flow as cards and lines. It knows no pipeline: what a press, a move or an insertion means is its owner's to say. Tab reaches one
 * card; the arrow keys are the owner's, too. Needs a ReactFlowProvider around it.
 */
export function PipelineCanvas(props: PipelineCanvasProps): ReactNode {
  const { flow, current, dragged, readOnly = false, onPress, onInsert = nothing, children } = props
  const { selected = noSelection, onMove, onFocusStep } = props
  const helpId = useId()
  const { moving, ...moves } = useMoves(onMove)
  const tabStop = flow.steps.some(({ id }) => id === current) ? current : flow.steps[0]?.id
  const places = useMemo(() => layOutFlow(flow), [flow])
  const points = useMemo(() => new Map([...places, ...moving]), [places, moving])
  const nodes = useMemo(
    () => toNodes(flow, { points, tabStop, current, selected, dragged, draggable: !readOnly, helpId }),
    [flow, points, tabStop, current, selected, dragged, readOnly, helpId],
  )
  const isStill = moving.size === 0
  const joints = useMemo(() => (isStill ? joinLines(flow, places) : noJoints), [flow, places, isStill])
  const lines = useMemo(() => toEdges(flow, joints, dragged, onInsert), [flow, joints, dragged, onInsert])
  const [top, bottom] = [useStore(topInSight), useStore(bottomInSight)]
  const edges = useMemo(() => linesInSight(lines, top, bottom), [lines, top, bottom])
  const frame = useFocusWish(props.focusWish, tabStop)
  const isFar = useStore(isSeenFromFar)
  useFit(flow, props.fitKey)
  return (
    <div ref={frame} data-far={isFar || undefined} className="group/canvas bg-canvas relative h-full w-full">
      <p id={helpId} hidden>
        {readOnly ? words.helpReadOnly : words.help}
      </p>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        aria-label={words.canvas}
        {...fixed}
        {...moves}
        onNodeClick={(event, { id }) => onPress(id, event)}
        onNodeContextMenu={(_, { id }) => onFocusStep?.(id)}
      >
        <CanvasDots />
        {flow.steps.length > minimapFrom && <MiniMap ariaLabel={words.minimap} pannable zoomable />}
      </ReactFlow>
      {children}
    </div>
  )
}

interface Moves {
  readonly moving: ReadonlyMap<string, CanvasPoint>
  readonly onNodesChange: (changes: readonly NodeChange<StepNode>[]) => void
  readonly onNodeDragStop: (event: unknown, node: unknown, dropped: readonly StepNode[]) => void
}

/** Where cards are while they are dragged; the move itself is one command, when they are dropped. */
function useMoves(onMove: PipelineCanvasProps['onMove']): Moves {
  const [moving, setMoving] = useState<ReadonlyMap<string, CanvasPoint>>(new Map())
  return {
    moving,
    onNodesChange: (changes) => {
      const moved = changes.flatMap((change) =>
        change.type === 'position' && change.dragging && change.position
          ? [[change.id, change.position] as const]
          : [],
      )
      if (moved.length > 0) setMoving((before) => new Map([...before, ...moved]))
    },
    onNodeDragStop: (_, __, dropped) => {
      setMoving(new Map())
      onMove?.(Object.fromEntries(dropped.map(({ id, position }) => [id, round(position)])))
    },
  }
}

/** Answers each wish for the focus once the card is there. */
function useFocusWish(wish: number, step: string | undefined): React.RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null)
  const answered = useRef(wish)
  useEffect(() => {
    if (answered.current === wish || step === undefined) return undefined
    let request = 0
    const seek = (left: number): void => {
      const card = frame.current?.querySelector<HTMLElement>(
        `.react-flow__node[data-id="${CSS.escape(step)}"]`,
      )
      if (card && getComputedStyle(card).visibility !== 'hidden') {
        answered.current = wish
        card.focus({ preventScroll: true })
      } else if (left > 0) request = requestAnimationFrame(() => seek(left - 1))
    }
    seek(20)
    return () => cancelAnimationFrame(request)
  }, [wish, step])
  return frame
}

/** So small that a card's lines cannot be read, and are not drawn: in each frame of a pan they took a third of the work. */
const isSeenFromFar = ({ transform: [, , zoom] }: ReactFlowState): boolean => zoom < 0.4

/** Every 200 pixels a new number: a canvas that grew or shrank by so much shows everything again. */
const widthOf = ({ width }: { readonly width: number }): number => Math.round(width / 200)

/** Shows everything when steps come or go, when `key` changes, and when the window does. */
function useFit({ steps }: Flow, key: string | undefined): void {
  const { fitView } = useReactFlow()
  const width = useStore(widthOf)
  const structure = steps.map(({ id }) => id).join(' ')
  useEffect(() => {
    const request = requestAnimationFrame(() => void fitView(fitOptions))
    return () => cancelAnimationFrame(request)
  }, [structure, key, width, fitView])
}

function round({ x, y }: CanvasPoint): CanvasPoint {
  return { x: Math.round(x), y: Math.round(y) }
}
