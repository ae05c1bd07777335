import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type Tone = 'idle' | 'ok' | 'info' | 'warn' | 'bad' | 'review' | 'accent'

/** The colours of a tone: its soft ground and its text, at least 4.5 : 1. */
export const toneClasses: Readonly<Record<Tone, string>> = {
  idle: 'bg-idle-soft text-idle',
  ok: 'bg-ok-soft text-ok',
  info: 'bg-info-soft text-info',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  review: 'bg-review-soft text-review',
  accent: 'bg-accent-soft text-accent',
}

interface BadgeProps {
  readonly tone?: Tone
  readonly icon?: LucideIcon
  readonly iconClass?: string | undefined
  readonly children: ReactNode
}

/** A word on a coloured ground. The colour only repeats what the word says. */
export function Badge({ tone = 'idle', icon: Icon, iconClass, children }: BadgeProps): ReactNode {
  return (
    <span
      className={classNames(
        'inline-flex h-5 max-w-full items-center gap-1 rounded-full px-2 text-xs font-medium whitespace-nowrap',
        toneClasses[tone],
      )}
    >
      {Icon && <Icon aria-hidden size={12} className={classNames('shrink-0', iconClass)} />}
      <span className="truncate">{children}</span>
    </span>
  )
}
