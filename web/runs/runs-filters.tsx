import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PipelineFilter } from '../navigation/pipeline-filter.tsx'
import { runsText } from '../strings/runs.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { DayRange } from '../ui/day-range.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Select } from '../ui/select.tsx'
import { runStates, runTriggers, type RunsSearch } from './runs-search.ts'

const route = getRouteApi('/frame/runs')
const text = runsText.filters

/** The filters of the history. They live in the address, so that a filtered list is a link. */
export function RunsFilters(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: RunsSearch): void => {
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true })
  }
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2">
      <PipelineFilter pipeline={search.pipeline} onChange={(pipeline) => change({ pipeline })} />
      <Select
        aria-label={text.state}
        className="w-36"
        value={search.state ?? ''}
        options={[
          { value: '' as const, label: text.anyState },
          ...runStates.map((state) => ({ value: state, label: runsText.states[state] })),
        ]}
        onChange={(state) => change({ state: state === '' ? undefined : state })}
      />
      <Select
        aria-label={text.trigger}
        className="w-44 max-sm:flex-1"
        value={search.trigger ?? ''}
        options={[
          { value: '' as const, label: text.anyTrigger },
          ...runTriggers.map((trigger) => ({ value: trigger, label: runsText.triggers[trigger] })),
        ]}
        onChange={(trigger) => change({ trigger: trigger === '' ? undefined : trigger })}
      />
      <SearchField
        label={text.object}
        value={search.object ?? ''}
        onChange={(object) => change({ object: object || undefined })}
      />
      <DayRange words={text} days={search} onChange={change} />
      <Checkbox
        label={text.hadRows}
        checked={search.hadRows === true}
        onChange={(on) => change({ hadRows: on ? true : undefined })}
      />
    </search>
  )
}
