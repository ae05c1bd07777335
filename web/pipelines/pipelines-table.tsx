import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { PipelineSummary } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { useShortcut } from '../keyboard/use-shortcut.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { HeadCell, Table, TableHead } from '../ui/table.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { PipelineRow } from './pipeline-row.tsx'
import { SortHeading } from './sort-heading.tsx'
import { usePipelineActs } from './use-pipeline-acts.ts'

const columns = pipelinesText.columns

/** The pipelines as rows. ↑ ↓ move between them, Space selects, Enter opens, R runs, P pauses. */
export function PipelinesTable({ pipelines }: { readonly pipelines: readonly PipelineSummary[] }): ReactNode {
  const may = useMay()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const acts = usePipelineActs()
  const selected = pipelines.filter(({ id }) => chosen.has(id))
  const toggle = (id: string): void => setChosen(toggled(chosen, id))
  const targets = (): readonly PipelineSummary[] => {
    const focused = document.activeElement?.closest('[data-row]')?.getAttribute('data-row')
    return selected.length > 0 ? selected : pipelines.filter(({ id }) => id === focused)
  }
  const canAct = may('runs.start')
  useShortcut('rowRun', () => targets().length > 0 && acts.perform('run', targets()), canAct)
  useShortcut(
    'rowPause',
    () => {
      const rows = targets()
      if (rows.length > 0) acts.perform(rows.every(({ paused }) => paused) ? 'resume' : 'pause', rows)
    },
    canAct,
  )
  return (
    <div className="relative">
      {selected.length > 0 && (
        <BulkBar selected={selected} acts={acts} onClear={() => setChosen(new Set())} />
      )}
      <Table label={pipelinesText.title}>
        <TableHead>
          {canAct && (
            <HeadCell className="w-9 pr-0 max-sm:hidden">
              <Checkbox
                hideLabel
                label={pipelinesText.selectAll}
                checked={
                  selected.length === 0
                    ? false
                    : selected.length === pipelines.length
                      ? true
                      : 'indeterminate'
                }
                onChange={(all) => setChosen(new Set(all ? pipelines.map(({ id }) => id) : []))}
              />
            </HeadCell>
          )}
          <Headings />
        </TableHead>
        <PipelineRows
          pipelines={pipelines}
          chosen={chosen}
          onToggle={canAct ? toggle : undefined}
          perform={acts.perform}
        />
      </Table>
    </div>
  )
}

function Headings(): ReactNode {
  return (
    <>
      <SortHeading order="name" label={columns.name} />
      <SortHeading order="status" label={columns.status} />
      <SortHeading order="last_run" label={columns.lastRun} className="max-md:hidden" />
      <HeadCell className="max-lg:hidden">{columns.fresh}</HeadCell>
      <SortHeading order="next_run" label={columns.next} className="max-xl:hidden" />
      <HeadCell className="max-lg:hidden">{columns.strip}</HeadCell>
      <HeadCell className="w-20">
        <span className="sr-only">{pipelinesText.acts}</span>
      </HeadCell>
    </>
  )
}

interface PipelineRowsProps {
  readonly pipelines: readonly PipelineSummary[]
  readonly chosen: ReadonlySet<string>
  readonly onToggle: ((id: string) => void) | undefined
  readonly perform: ReturnType<typeof usePipelineActs>['perform']
}

function PipelineRows({ pipelines, chosen, onToggle, perform }: PipelineRowsProps): ReactNode {
  const navigate = useNavigate()
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const target = event.target instanceof HTMLElement ? event.target : undefined
    const row = target?.closest<HTMLElement>('[data-row]')
    if (!row || !target?.matches('[data-row-link]')) return
    const id = row.dataset['row'] ?? ''
    if (event.key === 'ArrowDown') focusLink(row.nextElementSibling)
    else if (event.key === 'ArrowUp') focusLink(row.previousElementSibling)
    else if (event.key === ' ') onToggle?.(id)
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
      void navigate({ to: '/runs', search: { pipeline: id } })
    else return
    event.preventDefault()
  }
  return (
    <tbody onKeyDown={onKeyDown}>
      {pipelines.map((pipeline) => (
        <PipelineRow
          key={pipeline.id}
          pipeline={pipeline}
          chosen={chosen.has(pipeline.id)}
          onToggle={onToggle}
          perform={perform}
        />
      ))}
    </tbody>
  )
}

function focusLink(row: Element | null): void {
  row?.querySelector<HTMLElement>('[data-row-link]')?.focus()
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(id)) next.add(id)
  return next
}
