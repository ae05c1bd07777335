import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { CheckCheck, FileDiff } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { api, sentenceOf } from '../api/client.ts'
import { changesText } from '../strings/changes.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { ChangesBar } from './changes-bar.tsx'
import { ChangesFilters } from './changes-filters.tsx'
import { ChangesList } from './changes-list.tsx'
import { useDecide } from './use-decide.ts'

const route = getRouteApi('/frame/changes')

/** The inbox of schema changes across all pipelines: one click decides, and it applies at once. */
export function ChangesPage(): ReactNode {
  const { pipeline, show } = route.useSearch()
  const list = useQuery(api.changes.list.queryOptions({ open: show !== 'decided' }))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const place = useRef<HTMLDivElement>(null)
  const deciding = useDecide(() => {
    setChosen(new Set())
    place.current?.focus({ preventScroll: true })
  })
  const all = list.data?.items ?? []
  const shown = all.filter((change) => !pipeline || change.pipelineId === pipeline)
  const selected = shown.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  return (
    <Page title={changesText.title} description={changesText.description}>
      <ChangesFilters changes={all} />
      {list.isError && <ErrorBanner message={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      {list.isPending && <SkeletonRows height="h-16" />}
      <div ref={place} tabIndex={-1} data-quiet-focus>
        {list.isSuccess && shown.length === 0 && (
          <EmptyState
            icon={show === 'decided' ? FileDiff : CheckCheck}
            title={show === 'decided' ? changesText.emptyDecided : changesText.empty}
          >
            {show !== 'decided' && changesText.emptyHint}
          </EmptyState>
        )}
        {(selected.length > 0 || (show !== 'decided' && shown.length > 1)) && (
          <ChangesBar
            ids={selected}
            all={shown.length}
            onAll={(on) => setChosen(new Set(on ? shown.map(({ id }) => id) : []))}
            deciding={deciding}
          />
        )}
        {shown.length > 0 && (
          <ChangesList changes={shown} chosen={chosen} onChoose={setChosen} deciding={deciding} />
        )}
      </div>
    </Page>
  )
}
