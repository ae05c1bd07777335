import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface NameProps {
  /** So many lines at the most, after which it is cut; unless given it is a part of its line. */
  readonly lines?: 1 | 2
  readonly className?: string
  readonly children: ReactNode
}

const cuts = { 1: 'block truncate', 2: 'line-clamp-2 [overflow-wrap:anywhere]' } as const

/**
 * A name that a person gave, in whatever script: it runs as its own letters do, so that it is cut at its end, and does not turn round what
 * stands beside it.
 */
export function Name({ lines, className, children }: NameProps): ReactNode {
  return (
    <bdi dir="auto" className={classNames('text-left', lines && cuts[lines], className)}>
      {children}
    </bdi>
  )
}
