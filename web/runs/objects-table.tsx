import { getRouteApi } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useCallback } from 'react'
import type { Run } from '../api/answers.ts'
import { isLive } from '../run-state/run-looks.ts'
import { runsText } from '../strings/runs.ts'
import { HeadCell, Table, TableHead } from '../ui/table.tsx'
import { ObjectDetails } from './object-details.tsx'
import { ObjectRow } from './object-row.tsx'

const route = getRouteApi('/frame/pipelines/$id/runs/$run')
const columns = runsText.columns

interface ObjectsTableProps {
  readonly run: Run
  /** Keeps the object that is at work in sight. */
  readonly follow: boolean
  readonly onSelect: () => void
}

/** The objects of a run: the truth about it. ↑ ↓ move between them, Enter opens one. */
export function ObjectsTable({ run, follow, onSelect }: ObjectsTableProps): ReactNode {
  const { object: open } = route.useSearch()
  const navigate = route.useNavigate()
  const live = isLive(run.state)
  const someFiltered = run.objects.some(({ filtered }) => filtered > 0)
  const atWork = run.objects.findLast(({ state }) => state === 'extracting' || state === 'loading')?.object
  const toggle = useCallback(
    (object: string): void => {
      onSelect()
      void navigate({
        search: (old) => ({ ...old, object: old.object === object ? undefined : object }),
        replace: true,
        resetScroll: false,
      })
    },
    [navigate, onSelect],
  )
  return (
    <div>
      <Table label={runsText.objects}>
        <TableHead>
          <HeadCell>{columns.object}</HeadCell>
          <HeadCell className="sm:w-full">{columns.state}</HeadCell>
          <HeadCell className="text-right xl:min-w-20 max-sm:hidden">{columns.extracted}</HeadCell>
          <HeadCell className="text-right xl:min-w-20">{columns.loaded}</HeadCell>
          <HeadCell className="text-right xl:min-w-20 max-lg:hidden">{columns.unchanged}</HeadCell>
          <HeadCell className="text-right xl:min-w-20 max-md:hidden">{columns.rejected}</HeadCell>
          {someFiltered && (
            <HeadCell className="text-right xl:min-w-20 max-lg:hidden">{runsText.counts.filtered}</HeadCell>
          )}
          <HeadCell className="text-right xl:min-w-20 max-lg:hidden">{columns.deleted}</HeadCell>
          <HeadCell className="text-right xl:min-w-20 max-md:hidden">{columns.requests}</HeadCell>
          <HeadCell className="text-right xl:min-w-20 max-sm:hidden">{columns.time}</HeadCell>
        </TableHead>
        <tbody onKeyDown={moveFocus}>
          {run.objects.map((object) => (
            <ObjectRow
              key={object.object}
              object={object}
              live={live}
              ofTheRun={run.error?.message}
              someFiltered={someFiltered}
              details={
                open === object.object ? <ObjectDetails run={run} object={object} live={live} /> : undefined
              }
              followed={follow && atWork === object.object}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </Table>
      <p className="text-muted mt-1.5 text-xs">{runsText.countsNote}</p>
    </div>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-object-button]')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (at === -1 || !next) return
  event.preventDefault()
  next.focus()
}
