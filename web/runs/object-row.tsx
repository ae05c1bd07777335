import { ChevronRight } from 'lucide-react'
import { memo, type ReactNode, useEffect, useRef } from 'react'
import type { RunObject } from '../api/answers.ts'
import { ObjectStateBadge } from '../run-state/run-state-badge.tsx'
import { runsText } from '../strings/runs.ts'
import { classNames } from '../ui/class-names.ts'
import { count } from '../ui/count.ts'
import { duration } from '../ui/duration.ts'
import { Cell, NumberCell, Row } from '../ui/table.tsx'
import { ObjectName } from './object-name.tsx'
import { useElapsed } from './use-elapsed.ts'

interface ObjectRowProps {
  readonly object: RunObject
  /** The run is under way: the object's clock goes until it has ended. */
  readonly live: boolean
  /** What the whole run failed of: it stands above the table, and is not said again in every row. */
  readonly ofTheRun: string | undefined
  /** Records of some object were out of range: the table has a column for them. */
  readonly someFiltered: boolean
  /** Stands below the row; undefined while it is closed. */
  readonly details: ReactNode | undefined
  readonly followed: boolean
  readonly onToggle: (object: string) => void
}

/**
 * One object of a run. Its count moves while it is read; there is no bar, for no API says how much is to come. Drawn anew only when
 * something of it changed: fifty of them may be at work.
 */
export const ObjectRow = memo(function ObjectRow(props: ObjectRowProps): ReactNode {
  const { object, live, details, followed, someFiltered, onToggle } = props
  const open = details !== undefined
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (followed) row.current?.scrollIntoView({ block: 'nearest' })
  }, [followed])
  return (
    <>
      <Row ref={row} className={open ? 'bg-canvas' : undefined}>
        <Cell>
          <ObjectButton object={object.object} open={open} onToggle={onToggle} />
        </Cell>
        <Cell>
          <ObjectStateBadge state={object.state} />
          <Remarks object={object} ofTheRun={props.ofTheRun} />
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
        {someFiltered && (
          <NumberCell className="text-muted max-lg:hidden">{count(object.filtered)}</NumberCell>
        )}
        <NumberCell className="text-muted max-lg:hidden">{count(object.deleted)}</NumberCell>
        <NumberCell className="text-muted max-md:hidden">{count(object.requests)}</NumberCell>
        <NumberCell className="text-muted max-sm:hidden">
          <Elapsed object={object} live={live} />
        </NumberCell>
      </Row>
      {open && (
        <tr className="bg-canvas border-b">
          <td colSpan={someFiltered ? 10 : 9} className="px-4 pt-1 pb-4">
            {/* The table may be wider than its frame; the details stay in sight, and break their lines. */}
            <div className="sticky left-4 max-w-[calc(100vw-4.25rem)] sm:max-w-[calc(100vw-9rem)]">
              {details}
            </div>
          </td>
        </tr>
      )}
    </>
  )
})

/** What is to be said of it below its state; on a narrow window also how many records were out of range. */
function Remarks({ object, ofTheRun }: Pick<ObjectRowProps, 'object' | 'ofTheRun'>): ReactNode {
  const { error, warnings, filtered } = object
  const remark = error && error.message !== ofTheRun ? error.message : warnings[0]
  return (
    <>
      {remark && (
        <div className="text-muted mt-0.5 line-clamp-4 max-w-36 text-xs sm:line-clamp-2 sm:max-w-96">
          {remark}
        </div>
      )}
      {filtered > 0 && (
        <div className="text-muted mt-0.5 max-w-36 text-xs lg:hidden">
          {runsText.counts.filtered}: {count(filtered)}
        </div>
      )}
    </>
  )
}

interface ObjectButtonProps {
  readonly object: string
  readonly open: boolean
  readonly onToggle: (object: string) => void
}

const ObjectButton = memo(function ObjectButton({ object, open, onToggle }: ObjectButtonProps): ReactNode {
  return (
    <button
      type="button"
      data-object-button
      aria-expanded={open}
      aria-label={runsText.details(object)}
      onClick={() => onToggle(object)}
      className="flex min-h-6 min-w-28 items-center sm:min-w-44 gap-1.5 text-left font-medium"
    >
      <ChevronRight
        aria-hidden
        size={14}
        className={classNames('text-muted shrink-0 transition-transform', open && 'rotate-90')}
      />
      <span>
        <ObjectName name={object} />
      </span>
    </button>
  )
})

/** By itself: the second hand moves nothing but its own text. */
function Elapsed({ object, live }: Pick<ObjectRowProps, 'object' | 'live'>): ReactNode {
  const time = useElapsed(object, live)
  return time === undefined ? '–' : duration(time)
}
