import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api } from '../api/client.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { uiText } from '../strings/ui.ts'
import { SearchField } from '../ui/search-field.tsx'
import { Select } from '../ui/select.tsx'
import { type PipelinesSearch, statuses } from './pipelines-search.ts'

const route = getRouteApi('/frame/pipelines')

/** The filters of the list. They live in the address, so that a filtered list is a link. */
export function PipelinesFilters(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const projects = useQuery(api.projects.list.queryOptions(undefined, { staleTime: 60_000 }))
  const change = (part: PipelinesSearch): void => {
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true })
  }
  const projectOptions = projects.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
  return (
    <search className="mb-3 flex flex-wrap gap-2">
      <SearchField
        label={pipelinesText.searchLabel}
        placeholder={pipelinesText.searchPlaceholder}
        wide
        value={search.q ?? ''}
        onChange={(q) => change({ q: q || undefined })}
      />
      <Select
        aria-label={pipelinesText.status}
        className="w-36"
        value={search.status ?? ''}
        options={[
          { value: '' as const, label: pipelinesText.anyStatus },
          ...statuses.map((status) => ({ value: status, label: uiText.status[status] })),
        ]}
        onChange={(status) => change({ status: status === '' ? undefined : status })}
      />
      {projectOptions.length > 0 && (
        <Select
          aria-label={pipelinesText.project}
          className="w-40"
          value={search.project ?? ''}
          options={[{ value: '', label: pipelinesText.anyProject }, ...projectOptions]}
          onChange={(project) => change({ project: project || undefined })}
        />
      )}
    </search>
  )
}
