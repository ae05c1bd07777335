import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorBanner } from './error-banner.tsx'
import { SkeletonRows } from './skeleton.tsx'

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data, unknown>
  /** Makes a sentence of what went wrong. */
  readonly sentence: (error: unknown) => string
  readonly rows?: number
  readonly children: (data: Data) => ReactNode
}

/** What a query brought; skeletons before it, an error with a way to try again, and stale data below the error. */
export function Loaded<Data>({ query, sentence, rows = 3, children }: LoadedProps<Data>): ReactNode {
  return (
    <>
      {query.isError && (
        <div className="mb-3 last:mb-0">
          <ErrorBanner message={sentence(query.error)} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isPending && <SkeletonRows rows={rows} />}
      {query.data !== undefined && children(query.data)}
    </>
  )
}
