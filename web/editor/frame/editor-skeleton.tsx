import type { ReactNode } from 'react'
import { uiText } from '../../strings/ui.ts'
import { Skeleton } from '../../ui/skeleton.tsx'

/** The editor while its pipeline is being loaded: the same frame, so that nothing jumps. */
export function EditorSkeleton(): ReactNode {
  return (
    <div role="status" className="flex h-[calc(var(--app)-3.5rem)] flex-col sm:h-(--app)">
      <h1 className="sr-only">{uiText.loading}</h1>
      <div className="bg-surface flex h-12 items-center gap-3 border-b px-3">
        <Skeleton className="h-5 w-56" />
        <Skeleton className="h-5 w-16" />
        <Skeleton className="ml-auto h-8 w-28" />
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="bg-surface hidden w-48 shrink-0 border-r md:block" />
        <div className="flex flex-1 items-center justify-center gap-[5.5rem] overflow-hidden">
          <Skeleton className="h-[5.5rem] w-[18.5rem] shrink-0" />
          <Skeleton className="hidden h-[5.5rem] w-[18.5rem] shrink-0 lg:block" />
          <Skeleton className="hidden h-[5.5rem] w-[18.5rem] shrink-0 xl:block" />
        </div>
      </div>
      <div className="bg-surface h-9 border-t" />
    </div>
  )
}
