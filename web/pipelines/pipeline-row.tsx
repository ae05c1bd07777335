import { Link } from '@tanstack/react-router'
import { ArrowRight, FileDiff, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PipelineSummary } from '../api/answers.ts'
import { RunStateBadge } from '../run-state/run-state-badge.tsx'
import { RunStrip } from '../run-state/run-strip.tsx'
import { withQuotedSetOff } from '../strings/catalogue.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { runsText } from '../strings/runs.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { countOf } from '../ui/count.ts'
import { duration } from '../ui/duration.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Name } from '../ui/name.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Cell, Row } from '../ui/table.tsx'
import { PipelineMenu } from './pipeline-menu.tsx'
import type { PipelineActs } from './use-pipeline-acts.ts'
import { zonedTime } from './zoned-time.ts'

interface PipelineRowProps {
  readonly pipeline: PipelineSummary
  readonly chosen: boolean
  readonly onToggle: ((id: string) => void) | undefined
  readonly perform: PipelineActs['perform']
}

/** One pipeline. */
export function PipelineRow({ pipeline, chosen, onToggle, perform }: PipelineRowProps): ReactNode {
  const { id, name, status, statusReason, changesWaiting, lastRun, freshAsOf } = pipeline
  return (
    <Row data-row={id} className={chosen ? 'bg-accent-soft hover:bg-accent-soft' : undefined}>
      {onToggle && (
        <Cell className="w-9 pr-0 max-sm:hidden">
          <Checkbox
            hideLabel
            label={pipelinesText.selectOne(name)}
            checked={chosen}
            onChange={() => onToggle(id)}
          />
        </Cell>
      )}
      <Cell className="w-full max-w-0 min-w-40 sm:w-2/5">
        <NameAndEnds pipeline={pipeline} />
      </Cell>
      <Cell className="xl:min-w-44">
        <StatusBadge status={status} />
        {statusReason && !(status === 'needs_review' && changesWaiting > 0) && (
          <StatusReason pipeline={pipeline} />
        )}
      </Cell>
      <Cell className="max-md:hidden">
        {lastRun ? (
          <LastRun pipelineId={id} run={lastRun} />
        ) : (
          <span className="text-muted">{pipelinesText.notYet}</span>
        )}
      </Cell>
      <Cell className="max-lg:hidden">
        <RelativeTime at={freshAsOf} absent={pipelinesText.notYet} />
      </Cell>
      <Cell className="max-xl:hidden">
        <NextRun pipeline={pipeline} />
      </Cell>
      <Cell className="max-lg:hidden">
        <RunStrip pipelineId={id} strip={pipeline.strip} />
      </Cell>
      <Cell className="whitespace-nowrap text-right">
        {onToggle && pipeline.published !== null && (
          <span className="max-sm:hidden">
            <IconButton
              size="small"
              icon={Play}
              label={pipelinesText.runNow}
              onClick={() => perform('run', [pipeline])}
            />
          </span>
        )}
        <PipelineMenu pipeline={pipeline} perform={perform} />
      </Cell>
    </Row>
  )
}

/** Why it stands so. What a connection is the reason for is mended there. */
function StatusReason({ pipeline }: { readonly pipeline: PipelineSummary }): ReactNode {
  const { statusReason, statusConnectionId } = pipeline
  const reason = withQuotedSetOff(statusReason ?? '')
  if (statusConnectionId === null)
    return <div className="text-muted mt-0.5 line-clamp-3 max-w-44 text-xs max-sm:hidden">{reason}</div>
  return (
    <Link
      to="/connections"
      search={{ open: statusConnectionId }}
      className="text-accent mt-0.5 block min-h-6 max-w-44 text-xs hover:underline"
    >
      <span className="line-clamp-3">{reason}</span>
    </Link>
  )
}

function NameAndEnds({ pipeline }: { readonly pipeline: PipelineSummary }): ReactNode {
  const {
    id,
    name,
    source,
    destination,
    unconnected,
    changesWaiting,
    hasUnpublishedChanges,
    published,
    lastRun,
    owner,
  } = pipeline
  return (
    <>
      <div className="flex items-center gap-2">
        <Link
          to="/pipelines/$id/edit"
          params={{ id }}
          data-row-link
          className="min-w-0 leading-6 font-medium outline-offset-0 hover:underline"
        >
          <Name lines={1}>{name}</Name>
        </Link>
        {hasUnpublishedChanges && published !== null && (
          <span className="text-muted shrink-0 text-xs max-sm:hidden">{pipelinesText.draftChanges}</span>
        )}
      </div>
      <div className="text-muted mt-0.5 flex flex-wrap items-center gap-x-1 text-xs">
        <span className="flex max-w-full items-center gap-x-1">
          <End chosen={source} named={unconnected.source} none={pipelinesText.noSource} />
          <ArrowRight aria-label={pipelinesText.to} size={12} className="shrink-0" />
        </span>
        <End chosen={destination} named={unconnected.destination} none={pipelinesText.noDestination} />
        {owner && (
          <span className="truncate max-lg:hidden" title={pipelinesText.ownedBy(owner)}>
            · <Name>{owner}</Name>
          </span>
        )}
      </div>
      {changesWaiting > 0 && (
        <Link
          to="/changes"
          search={{ pipeline: id }}
          className="text-review hover:bg-review-soft -ml-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1 text-xs font-medium"
        >
          <FileDiff aria-hidden size={13} />
          {pipelinesText.changesWaiting(changesWaiting)}
        </Link>
      )}
      {lastRun && (
        <div className="text-muted text-xs md:hidden">
          {runsText.states[lastRun.state]} ·{' '}
          <RelativeTime at={lastRun.finishedAt ?? lastRun.startedAt ?? lastRun.queuedAt} />
        </div>
      )}
    </>
  )
}

interface EndProps {
  readonly chosen: PipelineSummary['source']
  readonly named: string | null
  readonly none: string
}

/** One side by its connection's name; without one, by what the pipeline names in its place, which is told as a whole. */
function End({ chosen, named, none }: EndProps): ReactNode {
  if (chosen) return <Name lines={1}>{chosen.name}</Name>
  return <span>{named === null ? none : pipelinesText.noConnection(named)}</span>
}

interface LastRunProps {
  readonly pipelineId: string
  readonly run: NonNullable<PipelineSummary['lastRun']>
}

function LastRun({ pipelineId, run }: LastRunProps): ReactNode {
  return (
    <Link to="/pipelines/$id/runs/$run" params={{ id: pipelineId, run: run.id }} className="group block">
      <span className="flex items-center gap-2">
        <RunStateBadge state={run.state} />
        <span className="text-muted group-hover:underline">
          <RelativeTime at={run.finishedAt ?? run.startedAt ?? run.queuedAt} />
        </span>
      </span>
      <span className="text-muted tabular mt-0.5 block text-xs whitespace-nowrap">
        {run.durationMs !== null && runsText.summaryOf(countOf(run.loaded, 'row'), duration(run.durationMs))}
      </span>
    </Link>
  )
}

function NextRun({ pipeline }: { readonly pipeline: PipelineSummary }): ReactNode {
  const { nextRunAt, noRunBecause, timezone, scheduleText, paused, published } = pipeline
  if (nextRunAt === null) {
    if (noRunBecause !== null)
      return (
        <span className="text-muted whitespace-nowrap" title={noRunBecause}>
          {pipelinesText.onceConnected}
        </span>
      )
    const why = paused ? 'notWhilePaused' : published === null ? 'notPublished' : 'notScheduled'
    return <span className="text-muted whitespace-nowrap">{pipelinesText[why]}</span>
  }
  return (
    <>
      <div className="tabular whitespace-nowrap">{zonedTime(nextRunAt, timezone)}</div>
      <div className="text-muted max-w-40 truncate text-xs" title={scheduleText}>
        {scheduleText}
      </div>
    </>
  )
}
