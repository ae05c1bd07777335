import { type PointerEvent, useRef, useState } from 'react'
import { useReactFlow } from 'reactflow'
import type { CanvasPoint } from '../document/draft-document.ts'
import { slotOf } from '../state/add-step.ts'
import type { AddableStep } from '../state/add-step.ts'
import type { SlotKind } from './flow.ts'
import { cardSize } from './lay-out-flow.ts'
import type { PaletteDrag, PaletteItem } from './palette.tsx'

/** What is under way between palette and canvas. */
export interface Dragged {
  readonly item: PaletteItem
  readonly x: number
  readonly y: number
}

interface PaletteDragState {
  readonly drag: PaletteDrag
  /** What is drawn at the pointer; undefined until it has moved far enough to be no press. */
  readonly ghost: Dragged | undefined
  /** The kind of place that lights up. */
  readonly slot: SlotKind | undefined
}

/** Fewer pixels than this are a press. */
const threshold = 6

/** Drags with pointer events, so that mouse, pen and touch are one. Dropped anywhere on the canvas, a step goes to its place; a note stays where it was dropped. */
export function usePaletteDrag(onDrop: (step: AddableStep, at: CanvasPoint) => void): PaletteDragState {
  const { screenToFlowPosition } = useReactFlow()
  const start = useRef<Dragged>(undefined)
  const dropped = useRef(false)
  const [ghost, setGhost] = useState<Dragged>()
  const end = (): void => {
    start.current = undefined
    setGhost(undefined)
  }
  const drag: PaletteDrag = {
    onPointerDown: (item, event) => {
      dropped.current = false
      start.current = { item, x: event.clientX, y: event.clientY }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: ({ clientX: x, clientY: y }) => {
      const from = start.current
      if (!from || (!ghost && Math.hypot(x - from.x, y - from.y) < threshold)) return
      setGhost({ item: from.item, x, y })
    },
    onPointerUp: (event) => {
      dropped.current = ghost !== undefined
      if (ghost && isOverCanvas(event)) {
        const at = screenToFlowPosition({ x: event.clientX, y: event.clientY })
        onDrop(ghost.item.step, { x: Math.round(at.x - cardSize.note.width / 2), y: Math.round(at.y - 20) })
      }
      end()
    },
    onPointerCancel: end,
    justDropped: () => dropped.current,
  }
  return { drag, ghost, slot: ghost ? slotOf(ghost.item.step) : undefined }
}

function isOverCanvas({ clientX, clientY }: PointerEvent): boolean {
  return document
    .elementsFromPoint(clientX, clientY)
    .some((element) => element.classList.contains('react-flow'))
}
