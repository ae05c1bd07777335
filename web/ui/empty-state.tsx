import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly icon: LucideIcon
  readonly title: string
  /** Why nothing is here, and what brings something. */
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** Where nothing is: says why, and offers the next step. */
export function EmptyState({ icon: Icon, title, children, actions }: EmptyStateProps): ReactNode {
  return (
    <div className="bg-surface flex flex-col items-center rounded-lg border border-dashed px-6 py-12 text-center">
      <span className="bg-accent-soft text-accent mb-3 flex size-10 items-center justify-center rounded-lg">
        <Icon aria-hidden size={20} />
      </span>
      <h2 className="text-base font-semibold">{title}</h2>
      {children && <div className="text-muted mt-1 max-w-md text-pretty">{children}</div>}
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
