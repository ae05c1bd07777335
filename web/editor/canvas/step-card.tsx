import { CirclePause } from 'lucide-react'
import { memo, type ReactNode, use } from 'react'
import type { Node, NodeProps } from 'reactflow'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { Badge } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Name } from '../../ui/name.tsx'
import { isMoving } from './flow.ts'
import type { FlowStep } from './flow.ts'
import { LiveWords } from './live-words.ts'
import { ProblemMark } from './problem-mark.tsx'
import { liveLooks, stepIcons } from './step-looks.ts'

/** What React Flow carries for each card. */
export type StepNode = Node<
  { readonly step: FlowStep; readonly chosen: boolean; readonly lit: boolean },
  'step'
>

/** A card on the canvas: icon, name, one line, its problems, and in a run its state. */
export const StepCard = memo(function StepCard({ data }: NodeProps<StepNode>): ReactNode {
  const { step, chosen, lit } = data
  if (step.kind === 'slot') return <SlotCard step={step} lit={lit} />
  if (step.kind === 'note') return <NoteCard step={step} chosen={chosen} />
  const Icon = stepIcons[step.kind]
  return (
    <div className={classNames(cardClass, borderOf(step, chosen), step.kind === 'object' && 'gap-2.5 px-3')}>
      {step.kind !== 'source' && <LineEnd side="left" />}
      <span className={classNames(iconClass, nearOnly, step.kind === 'object' ? 'size-8' : 'size-10')}>
        <Icon aria-hidden size={step.kind === 'object' ? 16 : 20} />
      </span>
      <div className="min-w-0 flex-1">
        {step.kind !== 'object' && (
          <p className={classNames('text-muted text-xs font-medium', nearOnly)}>{words.kinds[step.kind]}</p>
        )}
        <p className={nameClass} title={step.name}>
          <Name lines={1}>{step.name}</Name>
        </p>
        <p
          className={classNames(
            'text-xs',
            nearOnly,
            step.errors > 0 && !step.begun ? 'text-bad' : 'text-muted',
            step.kind === 'object' ? 'truncate' : 'line-clamp-2',
          )}
          title={lineOf(step)}
        >
          {step.live ? <LiveWord id={step.id} /> : lineOf(step)}
        </p>
      </div>
      <StepMark step={step} />
      {step.kind !== 'destination' && <LineEnd side="right" />}
    </div>
  )
})

/**
 * Where a line meets the card: React Flow measures it, so that it has its place also where it is not drawn. React Flow's own handle would ask
 * in each frame of a pan whether a line is being drawn from it.
 */
function LineEnd({ side }: { readonly side: 'left' | 'right' }): ReactNode {
  const ofSide = side === 'left' ? 'target left-0' : 'source left-full'
  return (
    <span data-handlepos={side} className={classNames('line-end group-data-far/canvas:invisible', ofSide)} />
  )
}

function LiveWord({ id }: { readonly id: string }): ReactNode {
  return use(LiveWords).get(id)
}

/** The state of a run, or the number of problems, in the card's corner. */
function StepMark({ step }: { readonly step: FlowStep }): ReactNode {
  if (step.live) {
    const { icon: Icon, tone } = liveLooks[step.live]
    return (
      <span className={markClass}>
        <Badge tone={tone} icon={Icon} iconClass={isMoving(step.live) ? 'animate-spin' : undefined}>
          {words.live[step.live]}
        </Badge>
      </span>
    )
  }
  if (step.disabled)
    return (
      <span className={markClass}>
        <Badge icon={CirclePause}>{words.disabled}</Badge>
      </span>
    )
  if (step.errors + step.warnings === 0) return null
  return (
    <span className={markClass} title={step.notices?.join('\n')}>
      <ProblemMark step={step} />
    </span>
  )
}

/** The card's one line: what is wrong or missing, and else what the step does. */
function lineOf({ errors, notices, summary }: FlowStep): string {
  return (errors > 0 ? notices?.[0] : undefined) ?? summary
}

function SlotCard({ step, lit }: { readonly step: FlowStep; readonly lit: boolean }): ReactNode {
  const isSource = step.slot === 'source'
  return (
    <div
      className={classNames(
        'flex h-full w-full items-center gap-3 rounded-xl border-2 border-dashed px-4',
        lit ? 'border-accent bg-accent-soft' : 'border-control bg-surface hover:border-accent',
      )}
    >
      {!isSource && <LineEnd side="left" />}
      <span className="bg-accent-soft text-accent flex size-10 shrink-0 items-center justify-center rounded-lg">
        <stepIcons.slot aria-hidden size={20} />
      </span>
      <div className="min-w-0">
        <p className="truncate text-base font-semibold">{step.name}</p>
        <p className="text-muted truncate text-xs">{step.summary}</p>
      </div>
      {isSource && <LineEnd side="right" />}
    </div>
  )
}

function NoteCard({ step, chosen }: { readonly step: FlowStep; readonly chosen: boolean }): ReactNode {
  return (
    <div
      dir="auto"
      className={classNames(
        'bg-warn-soft text-text h-full w-full overflow-hidden rounded-md border p-3 text-sm whitespace-pre-wrap',
        chosen ? 'border-accent ring-accent ring-1' : 'border-line',
      )}
    >
      {step.name || <span className="text-muted">{words.noteEmpty}</span>}
    </div>
  )
}

function borderOf(step: FlowStep, chosen: boolean): string {
  if (step.live) return `border-2 ${liveLooks[step.live].ring}`
  if (step.disabled)
    return chosen ? 'border-accent ring-accent border-dashed ring-1' : 'border-control border-dashed'
  if (chosen) return 'border-accent ring-accent ring-1'
  return step.errors > 0 && !step.begun ? 'border-bad' : 'border-control'
}

/** Not drawn where the canvas shows so much that it could not be read: then the name alone is, larger. */
const nearOnly = 'group-data-far/canvas:hidden'
const nameClass = 'text-base font-semibold group-data-far/canvas:text-[1.625rem]/9'
/** From afar its colour and icon speak, larger, and its words are left out. */
const markClass =
  'absolute -top-2.5 right-3 origin-top-right group-data-far/canvas:scale-150 group-data-far/canvas:[&>span>span]:hidden'
const cardClass =
  'bg-surface text-text relative flex h-full w-full items-center gap-3 rounded-xl border px-4 text-left'
const iconClass = 'bg-subtle text-accent flex shrink-0 items-center justify-center rounded-lg'
