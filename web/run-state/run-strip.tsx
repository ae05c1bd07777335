import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PipelineSummary } from '../api/answers.ts'
import { runsText } from '../strings/runs.ts'
import { classNames } from '../ui/class-names.ts'
import { duration } from '../ui/duration.ts'
import { Tooltip } from '../ui/tooltip.tsx'

interface RunStripProps {
  readonly pipelineId: string
  readonly strip: PipelineSummary['strip']
}

/** The last 14 runs, oldest first: height tells the duration, colour and fill the result. Each leads to its run. */
export function RunStrip({ pipelineId, strip }: RunStripProps): ReactNode {
  if (strip.length === 0) return <span className="text-muted whitespace-nowrap">{runsText.noRuns}</span>
  const longest = Math.max(...strip.map(({ durationMs }) => durationMs ?? 0), 1)
  const good = strip.filter(({ state }) => state === 'succeeded').length
  return (
    <div className="flex h-6 items-end gap-0.5">
      <span className="sr-only">{runsText.stripOf(good, strip.length)}</span>
      {strip.map(({ runId, state, durationMs, finishedAt }) => (
        <Tooltip key={runId} label={barLabel(state, durationMs, finishedAt)}>
          <Link
            to="/pipelines/$id/runs/$run"
            params={{ id: pipelineId, run: runId }}
            tabIndex={-1}
            aria-hidden
            className="flex h-6 w-1.5 items-end"
          >
            <span
              className={classNames('block w-full rounded-[1px] forced-color-adjust-none', barColours[state])}
              style={{ height: `${30 + (70 * (durationMs ?? 0)) / longest}%` }}
            />
          </Link>
        </Tooltip>
      ))}
    </div>
  )
}

function barLabel(
  state: keyof typeof barColours,
  durationMs: number | null,
  finishedAt: string | null,
): string {
  const when = finishedAt
    ? new Date(finishedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
    : undefined
  return [runsText.states[state], durationMs !== null && duration(durationMs), when]
    .filter(Boolean)
    .join(' · ')
}

const barColours = {
  queued: 'bg-line',
  running: 'bg-info',
  succeeded: 'bg-ok',
  partial: 'bg-warn',
  failed: 'bg-bad',
  cancelled: 'bg-control',
} as const
