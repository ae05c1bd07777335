import { Plus } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from 'reactflow'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { classNames } from '../../ui/class-names.ts'
import type { SlotKind } from './flow.ts'
import { columnGap } from './lay-out-flow.ts'

/** What React Flow carries for each line. */
export type FlowLine = Edge<
  {
    readonly insert?: SlotKind | undefined
    readonly lit: boolean
    readonly moving: boolean
    readonly idle: boolean
    readonly onInsert: (slot: SlotKind) => void
  },
  'flow'
>

/**
 * A line between two cards; with a place to put something, a + in its middle. The keyboard does the same with A. Where data moves, it is
 * strong and dashed, but stands still: dashes that walk are drawn anew by the main thread in every frame, and took a third of a core.
 */
export const FlowEdge = memo(function FlowEdge({ id, data, ...ends }: EdgeProps<FlowLine>): ReactNode {
  const insert = data?.insert
  const [path, x, y] = getSmoothStepPath({ ...ends, ...turnOf(ends, insert), borderRadius: 12 })
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        style={{
          stroke: data?.moving ? 'var(--info)' : 'var(--control)',
          strokeWidth: data?.moving ? 2.5 : 1.5,
          strokeDasharray: data?.moving ? '6 5' : data?.idle ? '2 5' : undefined,
        }}
      />
      {insert && (
        <EdgeLabelRenderer>
          <button
            type="button"
            tabIndex={-1}
            data-slot={insert}
            title={words.insertProtection}
            aria-label={words.insertProtection}
            onClick={() => data.onInsert(insert)}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
            className={classNames(
              plusClass,
              data.lit ? 'border-accent bg-accent-soft scale-125' : 'border-control',
            )}
          >
            <Plus aria-hidden size={16} />
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  )
})

/** A line to the right turns right before the card that it leads to, where no other stands; one with a + in its middle, there. */
function turnOf(
  { sourceX, targetX }: Pick<EdgeProps, 'sourceX' | 'targetX'>,
  insert: SlotKind | undefined,
): { readonly centerX?: number } {
  const isFar = targetX - sourceX > columnGap * 0.75
  return insert === undefined && isFar ? { centerX: targetX - columnGap / 2 } : {}
}

const plusClass =
  'nodrag nopan bg-surface text-accent hover:bg-accent-soft hover:border-accent pointer-events-auto absolute flex size-7 items-center justify-center rounded-full border transition-transform'
