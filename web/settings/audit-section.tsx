import { getRouteApi } from '@tanstack/react-router'
import { Download, ScrollText } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { pageSize, usePages } from '../api/pages.ts'
import { settingsText } from '../strings/settings.ts'
import { Button } from '../ui/button.tsx'
import { download } from '../ui/download.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { DayRange } from '../ui/day-range.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Select } from '../ui/select.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { toastFailed } from '../ui/toaster.tsx'
import type { AuditSearch } from './audit-search.ts'
import { AuditTable } from './audit-table.tsx'

const route = getRouteApi('/frame/settings/$section')
const text = settingsText.audit

/** Who did what. The filters are in the address. */
export function AuditSection(): ReactNode {
  const search = route.useSearch()
  const filters = filtersOf(search)
  const question = { ...filters, limit: pageSize }
  const log = usePages(api.audit.list.infiniteQueryKey(question), (cursor) =>
    apiClient.audit.list.query({ ...question, cursor }),
  )
  const entries = useMemo(() => log.data?.pages.flatMap((page) => page.items) ?? [], [log.data])
  return (
    <>
      <p className="text-muted mb-3">{text.description}</p>
      <AuditFilters filters={filters} />
      {log.isError && <ErrorBanner message={sentenceOf(log.error)} onRetry={() => void log.refetch()} />}
      {log.isPending && <SkeletonRows />}
      {log.isSuccess && entries.length === 0 && <EmptyState icon={ScrollText} title={text.none} />}
      {entries.length > 0 && <AuditTable entries={entries} />}
      {log.hasNextPage && (
        <div className="mt-3 text-center">
          <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {text.more}
          </Button>
        </div>
      )}
    </>
  )
}

function AuditFilters({ filters }: { readonly filters: ReturnType<typeof filtersOf> }): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [busy, setBusy] = useState(false)
  const change = (part: AuditSearch): void => {
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true })
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      const { csv } = await apiClient.audit.export.mutate(filters)
      download('penstock-audit.csv', 'text/csv', csv)
    } catch (error) {
      toastFailed(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2">
      <SearchField
        label={text.search}
        placeholder={text.searchWhat}
        wide
        value={search.q ?? ''}
        onChange={(q) => change({ q: q || undefined })}
      />
      <Select
        aria-label={text.outcome}
        className="w-40"
        value={search.outcome ?? ''}
        options={[
          { value: '' as const, label: text.anyOutcome },
          { value: 'done' as const, label: text.outcomes.done },
          { value: 'denied' as const, label: text.outcomes.denied },
        ]}
        onChange={(outcome) => change({ outcome: outcome === '' ? undefined : outcome })}
      />
      <DayRange words={text} days={search} onChange={change} />
      <Button icon={Download} busy={busy} onClick={() => void save()}>
        {text.export}
      </Button>
    </search>
  )
}

function filtersOf({ q, outcome, from, to }: AuditSearch) {
  return {
    ...(q ? { q } : {}),
    ...(outcome ? { outcome } : {}),
    ...(from ? { from: new Date(`${from}T00:00:00`).toISOString() } : {}),
    ...(to ? { to: new Date(`${to}T23:59:59.999`).toISOString() } : {}),
  }
}
