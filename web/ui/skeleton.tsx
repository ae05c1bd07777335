import type { ReactNode } from 'react'
import { uiText } from '../strings/ui.ts'
import { classNames } from './class-names.ts'

/** A grey block where something is about to be, of the same size. */
export function Skeleton({ className }: { readonly className?: string }): ReactNode {
  return (
    <span
      aria-hidden
      className={classNames('bg-subtle block animate-pulse rounded-md', className ?? 'h-4 w-full')}
    />
  )
}

interface SkeletonRowsProps {
  readonly rows?: number
  /** The height of one row, as the rows to come will have. */
  readonly height?: string
}

/** Rows that are still on their way. */
export function SkeletonRows({ rows = 8, height = 'h-11' }: SkeletonRowsProps): ReactNode {
  return (
    <div role="status" className="bg-surface overflow-hidden rounded-lg border">
      <span className="sr-only">{uiText.loading}</span>
      <div className="h-9 border-b" />
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className={classNames('flex items-center gap-4 border-b px-3 last:border-b-0', height)}
        >
          <Skeleton className="h-4 w-1/4" />
          <Skeleton className="h-4 w-20" />
          <Skeleton className="h-4 w-1/3" />
        </div>
      ))}
    </div>
  )
}
