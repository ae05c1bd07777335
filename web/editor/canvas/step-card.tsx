import { CirclePause } from 'lucide-react'
import { memo, type ReactNode, use } from 'react'
import { Handle, type Node, type NodeProps, Position } from 'reactflow'
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
      {step.kind !== 'source' && <Handle type="target" position={Position.Left} isConnectable={false} />}
      <span className={classNames(iconClass, step.kind === 'object' ? 'size-8' : 'size-10')}>
        <Icon aria-hidden size={step.kind === 'object' ? 16 : 20} />
      </span>
      <div className="min-w-0 flex-1">
        {step.kind !== 'object' && <p className="text-muted text-xs font-medium">{words.kinds[step.kind]}</p>}
        <p className="text-base font-semibold" title={step.name}>
          <Name lines={1}>{step.name}</Name>
        </p>
        <p
          className={classNames(
            'text-xs',
            step.errors > 0 && !step.begun ? 'text-bad' : 'text-muted',
            step.kind === 'object' ? 'truncate' : 'line-clamp-2',
          )}
          title={lineOf(step)}
        >
          {step.live ? <LiveWord id={step.id} /> : lineOf(step)}
        </p>
      </div>
      <StepMark step={step} />
      {step.kind !== 'destination' && (
        <Handle type="source" position={Position.Right} isConnectable={false} />
      )}
    </div>
  )
})

function LiveWord({ id }: { readonly id: string }): ReactNode {
  return use(LiveWords).get(id)
}

/** The state of a run, or the number of problems, in the card's corner. */
function StepMark({ step }: { readonly step: FlowStep }): ReactNode {
  if (step.live) {
    const { icon: Icon, tone } = liveLooks[step.live]
    return (
      <span className="absolute -top-2.5 right-3">
        <Badge tone={tone} icon={Icon} iconClass={isMoving(step.live) ? 'animate-spin' : undefined}>
          {words.live[step.live]}
        </Badge>
      </span>
    )
  }
  if (step.disabled)
    return (
      <span className="absolute -top-2.5 right-3">
        <Badge icon={CirclePause}>{words.disabled}</Badge>
      </span>
    )
  if (step.errors + step.warnings === 0) return null
  return (
    <span className="absolute -top-2.5 right-3" title={step.notices?.join('\n')}>
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
      {!isSource && <Handle type="target" position={Position.Left} isConnectable={false} />}
      <span className="bg-accent-soft text-accent flex size-10 shrink-0 items-center justify-center rounded-lg">
        <stepIcons.slot aria-hidden size={20} />
      </span>
      <div className="min-w-0">
        <p className="truncate text-base font-semibold">{step.name}</p>
        <p className="text-muted truncate text-xs">{step.summary}</p>
      </div>
      {isSource && <Handle type="source" position={Position.Right} isConnectable={false} />}
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

const cardClass =
  'bg-surface text-text relative flex h-full w-full items-center gap-3 rounded-xl border px-4 text-left'
const iconClass = 'bg-subtle text-accent flex shrink-0 items-center justify-center rounded-lg'
