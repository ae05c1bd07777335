import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../api/client.ts'
import { panelStrings as words } from '../../strings/editor-panels.ts'
import { classNames } from '../../ui/class-names.ts'
import { Notice } from '../../ui/notice.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../../ui/table.tsx'
import type { Schedule } from '../document/draft-document.ts'
import { firstClockChange } from './clock-change.ts'

/**
 * When the schedule starts a run next, in words and as five moments, in its own zone and in UTC. The server works them out with what starts the
 * runs, so that they are the same; those of the schedule before are dimmed, and never stay.
 */
export function NextRuns({ schedule }: { readonly schedule: Schedule }): ReactNode {
  const { data, dataUpdatedAt, isPlaceholderData, isError, isPaused } = useQuery({
    ...api.pipelines.nextRuns.queryOptions({ schedule: { ...schedule } }),
    placeholderData: keepPreviousData,
  })
  if (isError || (isPaused && (!data || isPlaceholderData)))
    return <p className="text-muted">{words.nextRunsUnknown}</p>
  if (!data || data.problems.some(({ severity }) => severity === 'error')) return null
  const zone = 'cron' in schedule ? (schedule.timezone ?? 'UTC') : 'UTC'
  const change = firstClockChange(
    new Date(dataUpdatedAt).toISOString(),
    data.runs.map(({ utc }) => utc),
    zone,
  )
  const changed = change && data.runs.find(({ utc }) => utc === change.at)
  return (
    <div
      aria-live="polite"
      aria-busy={isPlaceholderData}
      className={classNames('flex flex-col gap-2', isPlaceholderData && 'opacity-55')}
    >
      <p className="text-muted">
        {words.runs(data.sentence.replace(/\.$/, ''))}
        {data.shortestGapMinutes !== null && ` ${words.shortestGap(data.shortestGapMinutes)}`}
      </p>
      <Table label={words.nextRuns}>
        <TableHead>
          <HeadCell>{words.nextRunsLocal(zone)}</HeadCell>
          {zone !== 'UTC' && <HeadCell>{words.nextRunsUtc}</HeadCell>}
        </TableHead>
        <tbody>
          {data.runs.map(({ utc, local }) => (
            <Row key={utc}>
              <Cell className="h-8 tabular-nums">{local}</Cell>
              {zone !== 'UTC' && (
                <Cell className="text-muted h-8 tabular-nums">{utc.slice(0, 16).replace('T', ' ')}</Cell>
              )}
            </Row>
          ))}
        </tbody>
      </Table>
      {change && changed && <Notice tone="info">{words.clocksChange(zone, change.by, changed.local)}</Notice>}
    </div>
  )
}
