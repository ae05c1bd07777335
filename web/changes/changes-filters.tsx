import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PipelineFilter } from '../navigation/pipeline-filter.tsx'
import { changesText } from '../strings/changes.ts'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'
import { type Rule, rules } from './changes-search.ts'

const route = getRouteApi('/frame/changes')

/** What the inbox shows: waiting or decided, by a rule, of all pipelines or of one. It stands in the address. */
export function ChangesFilters(): ReactNode {
  const { pipeline, show, only } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <search className="mb-3 flex flex-wrap gap-2">
      <Segmented
        label={changesText.show}
        value={show ?? 'open'}
        options={[
          { value: 'open', label: changesText.open },
          { value: 'decided', label: changesText.decided },
        ]}
        onChange={(next) =>
          void navigate({
            search: (old) => ({ ...old, show: next === 'decided' ? next : undefined }),
            replace: true,
          })
        }
      />
      <Select
        aria-label={changesText.only}
        className="w-48"
        value={only ?? 'all'}
        options={(['all', ...rules] as const).map((value) => ({
          value,
          label: changesText.onlyChoice[value],
        }))}
        onChange={(value: Rule | 'all') =>
          void navigate({
            search: (old) => ({ ...old, only: value === 'all' ? undefined : value }),
            replace: true,
          })
        }
      />
      <PipelineFilter
        pipeline={pipeline}
        onChange={(id) => void navigate({ search: (old) => ({ ...old, pipeline: id }), replace: true })}
      />
    </search>
  )
}
