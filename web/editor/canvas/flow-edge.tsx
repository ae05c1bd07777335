import { Plus } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from 'reactflow'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { classNames } from '../../ui/class-names.ts'
import type { SlotKind } from './flow.ts'
import { bendRadius, type Joint, pathToTrunk, turnOf } from './join-lines.ts'

/** What React Flow carries for each line. */
export type FlowLine = Edge<
  {
    readonly insert?: SlotKind | undefined
    readonly lit: boolean
    readonly moving: boolean
    readonly idle: boolean
    readonly joint?: Joint | undefined
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
  const turn = insert === undefined ? { centerX: turnOf(ends.sourceX, ends.targetX) } : {}
  const [whole, x, y] = getSmoothStepPath({ ...ends, ...turn, borderRadius: bendRadius })
  return (
    <>
      <BaseEdge
        id={id}
        path={data?.joint ? pathToTrunk(data.joint, ends) : whole}
        interactionWidth={0}
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

const plusClass =
  'nodrag nopan bg-surface text-accent hover:bg-accent-soft hover:border-accent pointer-events-auto absolute flex size-7 items-center justify-center rounded-full border transition-transform'
