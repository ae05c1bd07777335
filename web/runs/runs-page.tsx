import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Download, GitCompareArrows, History, SearchX } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { pageSize, usePages } from '../api/pages.ts'
import { useWatch } from '../api/use-watch.ts'
import { runsText } from '../strings/runs.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { download } from '../ui/download.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { toastDone, toastFailed } from '../ui/toaster.tsx'
import { RunsFilters } from './runs-filters.tsx'
import type { RunsSearch } from './runs-search.ts'
import { RunsTable } from './runs-table.tsx'

const route = getRouteApi('/frame/runs')

/** The history of runs, by filters that are in the address; two of them can be compared, all of them exported. */
export function RunsPage(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [chosen, setChosen] = useState<readonly string[]>([])
  useWatch(undefined)
  const filters = filtersOf(search)
  const question = { ...filters, limit: pageSize }
  const list = usePages(api.runs.list.infiniteQueryKey(question), (cursor) =>
    apiClient.runs.list.query({ ...question, cursor }),
  )
  const runs = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const filtered = Object.keys(filters).length > 0
  return (
    <Page
      title={runsText.title}
      description={runsText.description}
      actions={<RunsActions chosen={chosen} filters={filters} />}
    >
      <RunsFilters />
      {list.isError && (
        <div className="mb-3">
          <ErrorBanner message={sentenceOf(list.error)} onRetry={() => void list.refetch()} />
        </div>
      )}
      {list.isPending && <SkeletonRows />}
      {list.isSuccess && runs.length === 0 && (
        <EmptyState
          icon={filtered ? SearchX : History}
          title={filtered ? runsText.emptyFiltered : runsText.empty}
          actions={
            filtered ? (
              <Button onClick={() => void navigate({ search: {} })}>{runsText.filters.clear}</Button>
            ) : (
              <Link to="/pipelines" className={buttonClass('primary')}>
                {runsText.toPipelines}
              </Link>
            )
          }
        >
          {!filtered && runsText.emptyHint}
        </EmptyState>
      )}
      {runs.length > 0 && <RunsTable runs={runs} chosen={chosen} onChoose={setChosen} />}
      {list.hasNextPage && (
        <div className="mt-3 text-center">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {runsText.more}
          </Button>
        </div>
      )}
    </Page>
  )
}

interface RunsActionsProps {
  readonly chosen: readonly string[]
  readonly filters: ReturnType<typeof filtersOf>
}

function RunsActions({ chosen, filters }: RunsActionsProps): ReactNode {
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [a, b] = chosen
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      const { csv } = await apiClient.runs.exportCsv.query(filters)
      download('penstock-runs.csv', 'text/csv', csv)
      toastDone(runsText.exported)
    } catch (error) {
      toastFailed(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <>
      <span className="max-sm:hidden" title={runsText.compareHint}>
        <Button
          icon={GitCompareArrows}
          disabled={a === undefined || b === undefined}
          onClick={() => void navigate({ to: '/runs/compare', search: { a: a ?? '', b: b ?? '' } })}
        >
          {runsText.compareChosen}
        </Button>
      </span>
      <Button icon={Download} busy={busy} onClick={() => void save()}>
        {runsText.exportCsv}
      </Button>
    </>
  )
}

function filtersOf({ pipeline, state, trigger, object, hadRows, from, to }: RunsSearch) {
  return {
    ...(pipeline ? { pipelineId: pipeline } : {}),
    ...(state ? { state } : {}),
    ...(trigger ? { trigger } : {}),
    ...(object ? { object } : {}),
    ...(hadRows ? { hadRows } : {}),
    ...(from ? { from: new Date(`${from}T00:00:00`).toISOString() } : {}),
    ...(to ? { to: new Date(`${to}T23:59:59.999`).toISOString() } : {}),
  }
}
