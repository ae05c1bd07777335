import { getRouteApi, Link } from '@tanstack/react-router'
import { ScrollText, Table2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Run, RunObject } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { ResyncButton } from '../run-state/resync-button.tsx'
import { isLive } from '../run-state/run-looks.ts'
import { runsText } from '../strings/runs.ts'
import { Badge } from '../ui/badge.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { count } from '../ui/count.ts'
import { duration } from '../ui/duration.ts'
import { Facts } from '../ui/facts.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { RunFailure, waitReason } from './run-failure.tsx'
import { useElapsed } from './use-elapsed.ts'

const route = getRouteApi('/frame/pipelines/$id/runs/$run')

interface ObjectDetailsProps {
  readonly run: Run
  readonly object: RunObject
  /** The run is under way: what has not ended goes on. */
  readonly live: boolean
}

/** Everything that is known of an object in a run. */
export function ObjectDetails({ run, object, live }: ObjectDetailsProps): ReactNode {
  const time = useElapsed(object, live)
  const rate = time && time > 1_000 ? Math.round((1_000 * object.extracted) / time) : undefined
  return (
    <div className="space-y-3">
      {object.error && <RunFailure failure={object.error} />}
      {object.warnings.length > 0 && (
        <ul className="text-warn list-disc pl-5">
          {object.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <Facts
        facts={[
          [runsText.columns.mode, modeWord(object.mode)],
          [
            runsText.counts.extracted,
            [count(object.extracted), rate && runsText.perSecond(count(rate))].filter(Boolean).join(' · '),
          ],
          [runsText.counts.loaded, count(object.loaded)],
          [runsText.counts.unchanged, count(object.unchanged)],
          [runsText.counts.filtered, count(object.filtered)],
          [runsText.counts.rejected, count(object.rejected)],
          [
            runsText.counts.requests,
            `${count(object.requests)} · ${runsText.counts.retries}: ${count(object.retries)}`,
          ],
          ...waitsOf(object),
          [
            runsText.checkpoint,
            <RelativeTime key="checkpoint" at={claimedUntil(object.checkpointAfter)} absent="–" />,
          ],
          ...(object.completeness
            ? [
                [
                  runsText.completeness,
                  <Completeness key="complete" completeness={object.completeness} />,
                ] as const,
              ]
            : []),
        ]}
      />
      <ObjectActs run={run} object={object.object} />
    </div>
  )
}

interface ObjectActsProps {
  readonly run: Run
  readonly object: string
}

/** From an object to its records, its log, and to reading it anew. */
function ObjectActs({ run, object }: ObjectActsProps): ReactNode {
  const may = useMay()
  const navigate = route.useNavigate()
  return (
    <div className="flex flex-wrap gap-2">
      {may('pipelines.preview') && (
        <Link
          to="/pipelines/$id/edit"
          params={{ id: run.pipelineId }}
          search={{ preview: object }}
          title={runsText.recordsHint}
          className={buttonClass('plain', 'small')}
        >
          <Table2 aria-hidden size={14} />
          {runsText.records}
        </Link>
      )}
      <Button
        size="small"
        icon={ScrollText}
        onClick={() => void navigate({ search: (old) => ({ ...old, log: true }), resetScroll: false })}
      >
        {runsText.logShow}
      </Button>
      {!isLive(run.state) && <ResyncButton pipelineId={run.pipelineId} object={object} />}
    </div>
  )
}

/** How long it waited: one fact, with a line for each reason; none where it never waited. */
function waitsOf({ waits }: RunObject): readonly (readonly [string, ReactNode])[] {
  const waited = Object.entries(waits).filter(([, milliseconds]) => milliseconds > 0)
  if (waited.length === 0) return []
  const lines = waited.map(([reason, milliseconds]) => (
    <div key={reason}>
      {duration(milliseconds)}: {waitReason(reason)}
    </div>
  ))
  return [[runsText.counts.waited, lines]]
}

/** How the object was read, in words. */
function modeWord(mode: RunObject['mode']): string {
  const words: Readonly<Record<string, string>> = runsText.modes
  return mode === null ? '–' : (words[mode] ?? mode)
}

/** The moment up to which everything is in the destination, in milliseconds; undefined when a checkpoint claims nothing. */
function claimedUntil(checkpoint: unknown): number | undefined {
  if (typeof checkpoint !== 'object' || checkpoint === null) return undefined
  const { through, replacedAt } = { through: undefined, replacedAt: undefined, ...checkpoint }
  const second = through ?? replacedAt
  return typeof second === 'number' ? second * 1_000 : undefined
}

interface CompletenessProps {
  readonly completeness: NonNullable<RunObject['completeness']>
}

function Completeness({ completeness }: CompletenessProps): ReactNode {
  const { rows, reported, agrees, why } = completeness
  return (
    <div title={runsText.completenessHint} className="flex flex-wrap items-center gap-2">
      {agrees === true && <Badge tone="ok">{runsText.complete}</Badge>}
      {agrees === false && <Badge tone="warn">{runsText.incomplete}</Badge>}
      {agrees === null && <Badge>{runsText.notReported}</Badge>}
      {rows !== null && (
        <span>
          {reported === null
            ? runsText.completenessRows(count(rows))
            : runsText.completenessText(count(rows), count(reported))}
        </span>
      )}
      {why && <span className="text-muted">{why}</span>}
    </div>
  )
}
