import { Link } from '@tanstack/react-router'
import { type Dispatch, memo, type ReactNode, type SetStateAction, useCallback } from 'react'
import type { RunSummary } from '../api/answers.ts'
import { isLive } from '../run-state/run-looks.ts'
import { RunStateBadge } from '../run-state/run-state-badge.tsx'
import { runsText } from '../strings/runs.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { classNames } from '../ui/class-names.ts'
import { count, countOf } from '../ui/count.ts'
import { duration } from '../ui/duration.ts'
import { Name } from '../ui/name.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Cell, HeadCell, NumberCell, Row, Table, TableHead } from '../ui/table.tsx'
import { useNow } from '../ui/use-now.ts'
import { triggerWord } from './trigger-word.ts'

const columns = runsText.columns

interface RunsTableProps {
  readonly runs: readonly RunSummary[]
  /** The runs to compare, at most two. */
  readonly chosen: readonly string[]
  readonly onChoose: Dispatch<SetStateAction<readonly string[]>>
}

/** Runs as rows, with bars that compare their durations. */
export function RunsTable({ runs, chosen, onChoose }: RunsTableProps): ReactNode {
  const now = useNow(
    'second',
    runs.some(({ state }) => isLive(state)),
  )
  const longest = Math.max(...runs.map((run) => took(run, now)), 1)
  const toggle = useCallback(
    (id: string, on: boolean): void =>
      onChoose((old) => (on ? [...old, id].slice(-2) : old.filter((one) => one !== id))),
    [onChoose],
  )
  return (
    <Table label={runsText.title}>
      <TableHead>
        <HeadCell className="w-9 pr-0 max-sm:hidden">
          <span className="sr-only">{columns.compare}</span>
        </HeadCell>
        <HeadCell>{columns.pipeline}</HeadCell>
        <HeadCell>{columns.state}</HeadCell>
        <HeadCell className="max-sm:hidden">{columns.started}</HeadCell>
        <HeadCell className="w-44 max-lg:hidden">{columns.duration}</HeadCell>
        <HeadCell className="max-lg:hidden">{columns.trigger}</HeadCell>
        <HeadCell className="text-right max-md:hidden">{columns.extracted}</HeadCell>
        <HeadCell className="text-right max-sm:hidden">{columns.loaded}</HeadCell>
        <HeadCell className="text-right max-md:hidden">{columns.rejected}</HeadCell>
      </TableHead>
      <tbody>
        {runs.map((run) => (
          <RunRow
            key={run.id}
            run={run}
            time={took(run, now)}
            longest={longest}
            chosen={chosen.includes(run.id)}
            onChoose={toggle}
          />
        ))}
      </tbody>
    </Table>
  )
}

interface RunRowProps {
  readonly run: RunSummary
  /** How long it took, or has been running by now. */
  readonly time: number
  readonly longest: number
  readonly chosen: boolean
  readonly onChoose: (id: string, on: boolean) => void
}

/** Drawn anew only when something of it changed: whoever goes far back has a thousand of them on the page. */
const RunRow = memo(function RunRow({ run, time, longest, chosen, onChoose }: RunRowProps): ReactNode {
  const { id, pipelineId, pipelineName, state, startedAt, queuedAt } = run
  return (
    <Row>
      <Cell className="w-9 pr-0 max-sm:hidden">
        <Checkbox
          hideLabel
          checked={chosen}
          onChange={(on) => onChoose(id, on)}
          label={runsText.chooseToCompare(pipelineName, new Date(startedAt ?? queuedAt).toLocaleString())}
        />
      </Cell>
      <Cell className="min-w-32">
        <Link
          to="/pipelines/$id/runs/$run"
          params={{ id: pipelineId, run: id }}
          className="block w-fit max-w-full leading-6 font-medium outline-offset-0 hover:underline"
        >
          <Name lines={2}>{pipelineName}</Name>
        </Link>
        <div className="text-muted text-xs sm:hidden">
          <RelativeTime at={startedAt ?? queuedAt} />
          {startedAt && ` · ${duration(time)} · ${countOf(run.loaded, 'row')}`}
        </div>
      </Cell>
      <Cell>
        <RunStateBadge state={state} />
      </Cell>
      <Cell className="max-sm:hidden">
        <RelativeTime at={startedAt ?? queuedAt} />
      </Cell>
      <Cell className="max-lg:hidden">
        <span className="tabular">{startedAt ? duration(time) : '–'}</span>
        <span aria-hidden className="bg-subtle mt-1 block h-1 rounded-full">
          <span
            className={classNames('block h-1 rounded-full', isLive(state) ? 'bg-info' : 'bg-control')}
            style={{ width: `${Math.max(2, (100 * time) / longest)}%` }}
          />
        </span>
      </Cell>
      <Cell className="text-muted max-lg:hidden">{triggerWord(run)}</Cell>
      <NumberCell className="max-md:hidden">{count(run.extracted)}</NumberCell>
      <NumberCell className="max-sm:hidden">{count(run.loaded)}</NumberCell>
      <NumberCell className={classNames('max-md:hidden', run.rejected > 0 && 'text-warn font-medium')}>
        {count(run.rejected)}
      </NumberCell>
    </Row>
  )
})

/** How long a run took, or has been running by now, in milliseconds. */
function took({ durationMs, startedAt, finishedAt }: RunSummary, now: number): number {
  if (durationMs !== null && finishedAt !== null) return durationMs
  return startedAt ? Math.max(0, now - Date.parse(startedAt)) : 0
}
