import { ChevronRight } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Run, RunObject } from '../api/answers.ts'
import { ObjectStateBadge } from '../run-state/run-state-badge.tsx'
import { runsText } from '../strings/runs.ts'
import { classNames } from '../ui/class-names.ts'
import { count } from '../ui/count.ts'
import { duration } from '../ui/duration.ts'
import { Cell, NumberCell, Row } from '../ui/table.tsx'
import { ObjectDetails } from './object-details.tsx'

interface ObjectRowProps {
  readonly run: Run
  readonly object: RunObject
  readonly now: number
  readonly open: boolean
  readonly followed: boolean
  readonly onToggle: () => void
}

/** One object of a run. Its count moves while it is read; there is no bar, for no API says how much is to come. */
export function ObjectRow({ run, object, now, open, followed, onToggle }: ObjectRowProps): ReactNode {
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (followed) row.current?.scrollIntoView({ block: 'nearest' })
  }, [followed])
  const time = elapsed(object, now)
  const remark = object.error?.message ?? object.warnings[0]
  return (
    <>
      <Row ref={row} className={open ? 'bg-canvas' : undefined}>
        <Cell>
          <button
            type="button"
            data-object-button
            aria-expanded={open}
            aria-label={runsText.details(object.object)}
            onClick={onToggle}
            className="flex min-h-6 min-w-28 items-center gap-1.5 text-left font-medium [overflow-wrap:anywhere]"
          >
            <ChevronRight
              aria-hidden
              size={14}
              className={classNames('text-muted shrink-0 transition-transform', open && 'rotate-90')}
            />
            {object.object}
          </button>
        </Cell>
        <Cell>
          <ObjectStateBadge state={object.state} />
          {remark && (
            <div className="text-muted mt-0.5 line-clamp-2 max-w-36 text-xs sm:max-w-96">{remark}</div>
          )}
        </Cell>
        <NumberCell className="max-sm:hidden">{count(object.extracted)}</NumberCell>
        <NumberCell className="font-medium">{count(object.loaded)}</NumberCell>
        <NumberCell className="text-muted max-lg:hidden">{count(object.unchanged)}</NumberCell>
        <NumberCell
          className={classNames(
            'max-md:hidden',
            object.rejected > 0 ? 'text-warn font-medium' : 'text-muted',
          )}
        >
          {count(object.rejected)}
        </NumberCell>
        <NumberCell className="text-muted max-lg:hidden">{count(object.deleted)}</NumberCell>
        <NumberCell className="text-muted max-md:hidden">{count(object.requests)}</NumberCell>
        <NumberCell className="text-muted max-sm:hidden">
          {time === undefined ? '–' : duration(time)}
        </NumberCell>
      </Row>
      {open && (
        <tr className="bg-canvas border-b">
          <td colSpan={9} className="px-4 pt-1 pb-4">
            <ObjectDetails run={run} object={object} time={time} />
          </td>
        </tr>
      )}
    </>
  )
}

/** From the object's own start to its end, or to now; undefined before it started. Milliseconds. */
function elapsed({ startedAt, finishedAt }: RunObject, now: number): number | undefined {
  if (!startedAt) return undefined
  return Math.max(0, (finishedAt ? Date.parse(finishedAt) : now) - Date.parse(startedAt))
}
