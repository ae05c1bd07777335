import { CircleAlert, CircleDashed, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { Badge } from '../../ui/badge.tsx'
import type { FlowStep } from './flow.ts'

/** How many things are wrong at a step, or still to be chosen, as the header counts them. */
export function ProblemMark({ step }: { readonly step: FlowStep }): ReactNode {
  if (step.begun)
    return (
      <Badge tone="review" icon={CircleDashed}>
        {words.marked(step)}
      </Badge>
    )
  const isError = step.errors > 0
  return (
    <Badge tone={isError ? 'bad' : 'warn'} icon={isError ? CircleAlert : TriangleAlert}>
      {words.marked(step)}
    </Badge>
  )
}
