import { getRouteApi } from '@tanstack/react-router'
import { FileUp, SearchX } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { pageSize, usePages } from '../api/pages.ts'
import { useMay } from '../api/session.ts'
import { useWatch } from '../api/use-watch.ts'
import { askFor } from '../navigation/dialog-requests.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { NewPipeline } from './new-pipeline.tsx'
import { PipelinesFilters } from './pipelines-filters.tsx'
import { PipelinesTable } from './pipelines-table.tsx'
import { Starters } from './starters.tsx'

const route = getRouteApi('/frame/pipelines')

/** All pipelines: how each is, how fresh its tables are, when it runs next, what waits for a decision. */
export function PipelinesPage(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  useWatch(undefined)
  const question = {
    q: search.q,
    status: search.status,
    projectId: search.project,
    order: search.sort,
    falling: search.falling,
    limit: pageSize,
  }
  const list = usePages(api.pipelines.list.infiniteQueryKey(question), (cursor) =>
    apiClient.pipelines.list.query({ ...question, cursor }),
  )
  const pipelines = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const filtered = Boolean(search.q ?? search.status ?? search.project)
  const firstRun = list.isSuccess && pipelines.length === 0 && !filtered
  return (
    <Page title={pipelinesText.title} actions={<PipelinesActions />}>
      {!firstRun && <PipelinesFilters />}
      {list.isError && (
        <div className="mb-3">
          <ErrorBanner message={sentenceOf(list.error)} onRetry={() => void list.refetch()} />
        </div>
      )}
      {list.isPending && <SkeletonRows height="h-14" />}
      {firstRun && <Starters />}
      {list.isSuccess && pipelines.length === 0 && filtered && (
        <EmptyState
          icon={SearchX}
          title={pipelinesText.emptyFiltered}
          actions={
            <Button onClick={() => void navigate({ search: {} })}>{pipelinesText.clearFilters}</Button>
          }
        >
          {pipelinesText.emptyFilteredHint}
        </EmptyState>
      )}
      {pipelines.length > 0 && <PipelinesTable pipelines={pipelines} />}
      {list.hasNextPage && (
        <div className="mt-3 text-center">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {pipelinesText.more}
          </Button>
        </div>
      )}
    </Page>
  )
}

function PipelinesActions(): ReactNode {
  const may = useMay()
  return (
    <>
      {may('pipelines.import') && (
        <Button icon={FileUp} onClick={() => askFor({ type: 'import' })}>
          {pipelinesText.importFile}
        </Button>
      )}
      {may('pipelines.create') && <NewPipeline />}
    </>
  )
}
