import type { ReactNode } from 'react'
import { uiText } from '../strings/ui.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { Mark } from './brand.tsx'
import { useEditing } from './use-editing.ts'

/** The first moments, before it is known who is there: the frame's outline. */
export function Splash(): ReactNode {
  return (
    <div role="status" data-splash className="flex min-h-dvh">
      <span className="sr-only">{uiText.loading}</span>
      <div
        data-icons={useEditing() || undefined}
        className="bg-surface hidden w-14 border-r sm:block words:w-56"
      >
        <div className="flex h-14 items-center px-4">
          <Mark />
        </div>
      </div>
      <div className="flex-1 p-6">
        <Skeleton className="mt-1 h-6 w-48" />
        <Skeleton className="mt-6 h-96 w-full" />
      </div>
    </div>
  )
}

/** A page on its way: its outline beside the navigation. */
export function PageSplash(): ReactNode {
  return (
    <div role="status" data-splash className="mx-auto max-w-[84rem] px-4 py-5 sm:px-6">
      <span className="sr-only">{uiText.loading}</span>
      <Skeleton className="h-7 w-48" />
      <Skeleton className="mt-8 h-96 w-full" />
    </div>
  )
}
