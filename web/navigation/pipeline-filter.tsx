import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { api } from '../api/client.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { Combobox } from '../ui/combobox.tsx'

interface PipelineFilterProps {
  /** Its id; undefined: all of them. */
  readonly pipeline: string | undefined
  readonly onChange: (pipeline: string | undefined) => void
}

const text = pipelinesText.filter
/** So many are shown at once: whoever wants another one types a part of its name, and all are searched. */
const mostShown = 100

/** One pipeline to look at, or all of them. The server searches, so that it does not matter how many there are. */
export function PipelineFilter({ pipeline, onChange }: PipelineFilterProps): ReactNode {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = useQuery(
    api.pipelines.list.queryOptions(
      { limit: mostShown, ...(q ? { q } : {}) },
      { staleTime: 60_000, placeholderData: keepPreviousData },
    ),
  )
  const options = found.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
  const isListed = pipeline === undefined || options.some(({ value }) => value === pipeline)
  const chosen = useQuery(
    api.pipelines.get.queryOptions({ id: pipeline ?? '' }, { enabled: !isListed, staleTime: 60_000 }),
  )
  const nameOfChosen =
    options.find(({ value }) => value === pipeline)?.label ??
    chosen.data?.name ??
    (chosen.isError ? text.unknown : undefined)
  return (
    <div className="w-full sm:w-48">
      <Combobox
        label={text.label}
        value={pipeline ?? ''}
        chosenLabel={pipeline === undefined ? text.all : nameOfChosen}
        options={[...(q ? [] : [{ value: '', label: text.all }]), ...options]}
        loading={found.isPlaceholderData || typed.trim() !== q}
        onSearch={setTyped}
        onChange={(id) => onChange(id || undefined)}
      />
    </div>
  )
}
