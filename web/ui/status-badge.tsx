import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
  UserRoundSearch,
} from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { uiText } from '../strings/ui.ts'
import { Badge, type Tone } from './badge.tsx'

/** The one vocabulary of states, of a pipeline and of whatever is in it. */
export type Status = 'draft' | 'healthy' | 'running' | 'warning' | 'failed' | 'paused' | 'needs_review'

/** Colour, icon and word of each state. */
export const statusLooks: Readonly<Record<Status, { readonly tone: Tone; readonly icon: LucideIcon }>> = {
  draft: { tone: 'idle', icon: CircleDashed },
  healthy: { tone: 'ok', icon: CircleCheck },
  running: { tone: 'info', icon: LoaderCircle },
  warning: { tone: 'warn', icon: TriangleAlert },
  failed: { tone: 'bad', icon: CircleX },
  paused: { tone: 'idle', icon: CirclePause },
  needs_review: { tone: 'review', icon: UserRoundSearch },
}

interface StatusBadgeProps {
  readonly status: Status
  /** Says more than the one word, where there is more to say: "Skipped", "Reading". */
  readonly word?: string | undefined
}

/** A state as colour, icon and word: never colour alone. Drawn anew only when it is another: tables have many, beside counts that move. */
export const StatusBadge = memo(function StatusBadge({ status, word }: StatusBadgeProps): ReactNode {
  const { tone, icon } = statusLooks[status]
  return (
    <Badge tone={tone} icon={icon} iconClass={status === 'running' ? 'animate-spin' : undefined}>
      {word ?? uiText.status[status]}
    </Badge>
  )
})
