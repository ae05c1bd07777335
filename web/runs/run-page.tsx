import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useCallback, useState } from 'react'
import type { Run, RunEvent } from '../api/answers.ts'
import { api, codeOf, sentenceOf } from '../api/client.ts'
import { useWatch } from '../api/use-watch.ts'
import { isLive } from '../run-state/run-looks.ts'
import { RunStateBadge } from '../run-state/run-state-badge.tsx'
import { apiText } from '../strings/api.ts'
import { runsText } from '../strings/runs.ts'
import { Badge } from '../ui/badge.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { ObjectsTable } from './objects-table.tsx'
import { RunActions } from './run-actions.tsx'
import { RunFailure, RunWait } from './run-failure.tsx'
import { RunLog } from './run-log.tsx'
import { RunSummaryLine } from './run-summary-line.tsx'
import { useMilestones } from './use-milestones.ts'
import { WaitingChanges } from './waiting-changes.tsx'

const route = getRouteApi('/frame/pipelines/$id/runs/$run')
/** So many lines of the log are kept as they come; those before them are read again where someone wants to see them. */
const mostHeard = 1_000

interface RunPageProps {
  /** Draws the pipeline with the run's states over it; below the table, which is the truth. */
  readonly canvas?: (run: Run) => ReactNode
}

/** One run: live while it runs, honest when it ended. */
export function RunPage({ canvas }: RunPageProps): ReactNode {
  const { run: id } = route.useParams()
  const found = useQuery(api.runs.get.queryOptions({ id }))
  if (found.isPending) {
    return (
      <Page title={runsText.title}>
        <SkeletonRows rows={10} />
      </Page>
    )
  }
  if (!found.data) {
    return (
      <Page title={codeOf(found.error) === 'NOT_FOUND' ? runsText.notFound : runsText.title}>
        <ErrorBanner message={sentenceOf(found.error)} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  const failed = found.isError ? sentenceOf(found.error) : undefined
  return (
    <RunView key={id} run={found.data} stale={failed} onRetry={() => void found.refetch()} canvas={canvas} />
  )
}

interface RunViewProps {
  readonly run: Run
  /** Why the run could not be read again: what is shown may be old. */
  readonly stale: string | undefined
  readonly onRetry: () => void
  readonly canvas: RunPageProps['canvas']
}

function RunView({ run, stale, onRetry, canvas }: RunViewProps): ReactNode {
  const live = isLive(run.state)
  const [follow, setFollow] = useState(live)
  const [heard, setHeard] = useState<readonly RunEvent[]>([])
  const stream = useWatch(run.id, (events) => setHeard((old) => [...old, ...events].slice(-mostHeard)))
  const letGo = useCallback(() => setFollow(false), [])
  useMilestones(run)
  return (
    <Page
      title={runsText.runOf(run.pipelineName)}
      aside={
        <>
          <RunStateBadge state={run.state} />
          {live && stream === 'reconnecting' && <Badge tone="warn">{apiText.reconnecting}</Badge>}
        </>
      }
      description={<RunSummaryLine run={run} />}
      actions={<RunActions run={run} follow={follow} onFollow={setFollow} />}
    >
      <div className="space-y-4">
        {stale !== undefined && <ErrorBanner message={stale} onRetry={onRetry} />}
        {run.error && <RunFailure failure={run.error} pipelineId={run.pipelineId} />}
        {live && run.waitingNow && <RunWait wait={run.waitingNow} />}
        {!live && <WaitingChanges pipelineId={run.pipelineId} />}
        <ObjectsTable run={run} follow={follow && live} onSelect={letGo} />
        {canvas?.(run)}
        <RunLog run={run} heard={heard} follow={follow && live} />
      </div>
    </Page>
  )
}
