import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Database, Plug, SearchX } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import type { Connection } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { askFor } from '../navigation/dialog-requests.ts'
import { connectionsText } from '../strings/connections.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { ConnectionDetails } from './connection-details.tsx'
import { ConnectionsTable } from './connections-table.tsx'
import { keptAttempt } from './kept-attempt.ts'

const route = getRouteApi('/frame/connections')

/** All connections, and the details of one. */
export function ConnectionsPage(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(api.connections.list.queryOptions({ kind: search.kind }))
  useEffect(() => {
    const attempt = keptAttempt()
    if (attempt) askFor({ type: 'connect', kind: 'source', connector: attempt.connector })
  }, [])
  const shown = list.data?.filter((connection) => matches(connection, search.q)) ?? []
  const filtered = Boolean(search.q ?? search.kind)
  return (
    <Page title={connectionsText.title} description={connectionsText.description} actions={<NewConnection />}>
      <search className="mb-3 flex flex-wrap gap-2">
        <SearchField
          label={connectionsText.searchLabel}
          value={search.q ?? ''}
          onChange={(q) => void navigate({ search: (old) => ({ ...old, q: q || undefined }), replace: true })}
        />
        <Segmented
          label={connectionsText.kind}
          value={search.kind ?? 'all'}
          options={(['all', 'source', 'destination'] as const).map((kind) => ({
            value: kind,
            label: connectionsText.kinds[kind],
          }))}
          onChange={(kind) =>
            void navigate({
              search: (old) => ({ ...old, kind: kind === 'all' ? undefined : kind }),
              replace: true,
            })
          }
        />
      </search>
      {list.isError && (
        <div className="mb-3">
          <ErrorBanner message={sentenceOf(list.error)} onRetry={() => void list.refetch()} />
        </div>
      )}
      {list.isPending && <SkeletonRows />}
      {list.isSuccess && shown.length === 0 && (
        <EmptyState
          icon={filtered ? SearchX : Plug}
          title={filtered ? connectionsText.emptyFiltered : connectionsText.empty}
          actions={!filtered && <NewConnection />}
        >
          {!filtered && connectionsText.emptyHint}
        </EmptyState>
      )}
      {shown.length > 0 && <ConnectionsTable connections={shown} />}
      {search.open && (
        <ConnectionDetails
          id={search.open}
          onClose={() => void navigate({ search: (old) => ({ ...old, open: undefined }) })}
        />
      )}
    </Page>
  )
}

function NewConnection(): ReactNode {
  const may = useMay()
  if (!may('connections.createSource')) return null
  return (
    <>
      <Button icon={Database} onClick={() => askFor({ type: 'connect', kind: 'destination' })}>
        {connectionsText.newDestination}
      </Button>
      <Button look="primary" icon={Plug} onClick={() => askFor({ type: 'connect', kind: 'source' })}>
        {connectionsText.newSource}
      </Button>
    </>
  )
}

function matches({ name, connectorTitle, account }: Connection, q: string | undefined): boolean {
  return !q || `${name} ${connectorTitle} ${account?.name ?? ''}`.toLowerCase().includes(q.toLowerCase())
}
