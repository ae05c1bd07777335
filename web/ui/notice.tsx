import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Tone, toneClasses } from './badge.tsx'
import { classNames } from './class-names.ts'

const icons: Readonly<Partial<Record<Tone, LucideIcon>>> = {
  ok: CircleCheck,
  warn: TriangleAlert,
  bad: CircleX,
}

interface NoticeProps {
  readonly tone: Tone
  readonly title?: string
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/** A sentence that belongs to the page: something to know, not something that just happened. */
export function Notice({ tone, title, actions, children }: NoticeProps): ReactNode {
  const Icon = icons[tone] ?? Info
  return (
    <div className={classNames('flex flex-wrap items-start gap-3 rounded-lg px-3 py-2.5', toneClasses[tone])}>
      <div className="flex min-w-0 flex-1 basis-56 gap-3 self-center">
        <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
        <div className="min-w-0 flex-1">
          {title && <p className="font-semibold">{title}</p>}
          {children}
        </div>
      </div>
      {actions}
    </div>
  )
}
