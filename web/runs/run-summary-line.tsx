import { Link } from '@tanstack/react-router'
import { type ReactNode } from 'react'
import type { Run } from '../api/answers.ts'
import { isLive } from '../run-state/run-looks.ts'
import { runsText } from '../strings/runs.ts'
import { countOf } from '../ui/count.ts'
import { duration } from '../ui/duration.ts'
import { FactLine } from '../ui/fact-line.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useNow } from '../ui/use-now.ts'
import { triggerWord } from './trigger-word.ts'

/** When the run started, by what, how long it took, of which version. A run that waits in the queue has not started, and takes no time. */
export function RunSummaryLine({ run }: { readonly run: Run }): ReactNode {
  const live = isLive(run.state)
  const now = useNow('second', live)
  // While it runs, the answer's duration is as old as the answer: the clock counts from the start.
  const soFar = run.startedAt ? now - Date.parse(run.startedAt) : 0
  const time = live ? soFar : (run.durationMs ?? soFar)
  return (
    <FactLine>
      <>
        {run.startedAt ? runsText.startedAt : runsText.queuedAt}{' '}
        <RelativeTime at={run.startedAt ?? run.queuedAt} />
      </>
      {run.startedAt && (
        <span className="tabular">
          {live ? runsText.elapsed : runsText.took} {duration(live ? wholeSeconds(time) : time)}
        </span>
      )}
      {triggerWord(run)}
      <Link to="/pipelines/$id/edit" params={{ id: run.pipelineId }} className="hover:text-text underline">
        {runsText.version(run.version)}
      </Link>
      {run.connectorVersion !== null && runsText.connectorVersion(run.connectorVersion)}
      <span className="tabular">
        {runsText.loadedSoFar(countOf(run.loaded, 'row'), countOf(run.requests, 'API call'))}
      </span>
      {run.destination && whereText(run.destination)}
      {run.attempt > 1 && runsText.attempt(run.attempt)}
      {run.only && runsText.onlyObjects(run.only.join(', '))}
      {run.fullRefresh && runsText.fullRefresh}
    </FactLine>
  )
}

/** Where the rows are: the connection, its file or database, the schema. A file that is named without a folder is in the data directory. */
function whereText({ name, type, place, schema }: NonNullable<Run['destination']>): string {
  const file = type === 'duckdb' && place !== null && !/^([/\\]|[A-Za-z]:)/.test(place)
  return runsText.landsIn(name, file ? runsText.inDataDirectory(place) : place, schema)
}

/** A clock that is still going shows no milliseconds. */
function wholeSeconds(milliseconds: number): number {
  return Math.max(1_000, milliseconds)
}
