import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { CheckCheck, FileDiff } from 'lucide-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { RunSummary, SchemaChange } from '../api/answers.ts'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { pageSize, usePages } from '../api/pages.ts'
import { changesText } from '../strings/changes.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { ChangesBar } from './changes-bar.tsx'
import { ChangesFilters } from './changes-filters.tsx'
import { ChangesList } from './changes-list.tsx'
import { isAsked } from './changes-search.ts'
import { ReadAgainNotice } from './read-again.tsx'
import { useDecide } from './use-decide.ts'

const route = getRouteApi('/frame/changes')

/** The inbox of schema changes across all pipelines: one click decides, and it applies at once. */
export function ChangesPage(): ReactNode {
  const search = route.useSearch()
  const open = search.show !== 'decided'
  // Of one pipeline the server is asked: its changes may stand far behind those of others.
  const question = { open, pipelineId: search.pipeline, limit: pageSize }
  const list = usePages(api.changes.list.infiniteQueryKey(question), (cursor) =>
    apiClient.changes.list.query({ ...question, cursor }),
  )
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const place = useRef<HTMLDivElement>(null)
  const [decided, setDecided] = useState<readonly SchemaChange[]>([])
  const deciding = useDecide((changes) => {
    setDecided(changes)
    setChosen(new Set())
    place.current?.focus({ preventScroll: true })
  })
  const all = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const shown = all.filter((change) => isAsked(change, search))
  const selected = shown.filter(({ id }) => chosen.has(id))
  return (
    <Page title={changesText.title} description={changesText.description}>
      <ChangesFilters />
      {list.isError && <ErrorBanner message={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      {list.isPending && <SkeletonRows height="h-16" />}
      <div ref={place} tabIndex={-1} data-quiet-focus>
        <ReadAgainNotice decided={decided} />
        {list.isSuccess && shown.length === 0 && <NoChanges open={open} some={all.length > 0} />}
        {(selected.length > 0 || (open && shown.length > 1)) && (
          <ChangesBar
            selected={selected}
            all={shown.length}
            onAll={(on) => setChosen(new Set(on ? shown.map(({ id }) => id) : []))}
            deciding={deciding}
          />
        )}
        {shown.length > 0 && (
          <ChangesList changes={shown} open={open} chosen={chosen} onChoose={setChosen} deciding={deciding} />
        )}
        {list.hasNextPage && (
          <div className="mt-3 text-center">
            <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {changesText.more}
            </Button>
          </div>
        )}
      </div>
    </Page>
  )
}

/** Only a run that read something can have met a change; one that failed at the token checked nothing. */
function hasRead({ state, extracted }: RunSummary): boolean {
  return state === 'succeeded' || state === 'partial' || extracted > 0
}

interface NoChangesProps {
  readonly open: boolean
  /** There are changes that the filters leave out. */
  readonly some: boolean
}

function NoChanges({ open, some }: NoChangesProps): ReactNode {
  const last = useQuery(api.runs.list.queryOptions({ limit: 20 }, { enabled: open && !some }))
  const run = last.data?.items.find(hasRead)
  const title = some ? changesText.emptyOnly : open ? changesText.empty : changesText.emptyDecided
  return (
    <EmptyState icon={open ? CheckCheck : FileDiff} title={title}>
      {open && !some && (
        <>
          {changesText.emptyHint}
          {run && (
            <span className="mt-1 block">
              {changesText.lastChecked} <RelativeTime at={run.finishedAt ?? run.startedAt ?? run.queuedAt} />
            </span>
          )}
        </>
      )}
    </EmptyState>
  )
}
