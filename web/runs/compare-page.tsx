import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, Navigate } from '@tanstack/react-router'
import { GitCompareArrows } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Answers, RunObject, RunSummary } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import { RunStateBadge } from '../run-state/run-state-badge.tsx'
import { runsText } from '../strings/runs.ts'
import { buttonClass } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { count } from '../ui/count.ts'
import { duration } from '../ui/duration.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Name } from '../ui/name.tsx'
import { Page } from '../ui/page.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { Cell, HeadCell, NumberCell, Row, Table, TableHead } from '../ui/table.tsx'
import { ObjectName } from './object-name.tsx'

const route = getRouteApi('/frame/runs/compare')
type Comparison = Answers['runs']['compare']

/** Two runs side by side, the earlier first: rows and time by object, and what changed in the pipeline between them. */
export function ComparePage(): ReactNode {
  const { a, b } = route.useSearch()
  const compared = useQuery(api.runs.compare.queryOptions({ a, b }, { enabled: a !== '' && b !== '' }))
  return (
    <Page title={runsText.compareTitle}>
      {(a === '' || b === '') && (
        <EmptyState
          icon={GitCompareArrows}
          title={runsText.compareMissing}
          actions={
            <Link to="/runs" className={buttonClass('primary')}>
              {runsText.compareChoose}
            </Link>
          }
        />
      )}
      {compared.isError && (
        <ErrorBanner message={sentenceOf(compared.error)} onRetry={() => void compared.refetch()} />
      )}
      {compared.isPending && a !== '' && b !== '' && <SkeletonRows />}
      {compared.data &&
        (compared.data.a.queuedAt > compared.data.b.queuedAt ? (
          <Navigate to="/runs/compare" search={{ a: b, b: a }} replace />
        ) : (
          <ComparisonView comparison={compared.data} />
        ))}
    </Page>
  )
}

function ComparisonView({ comparison }: { readonly comparison: Comparison }): ReactNode {
  const { a, b, objects, changes } = comparison
  return (
    <div className="space-y-4">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <RunCard title={runsText.compareEarlier} run={a} />
        <RunCard title={runsText.compareLater} run={b} />
      </div>
      <Card title={runsText.changedBetween}>
        {changes === null || changes.length === 0 ? (
          <p className="text-muted">{changes === null ? runsText.otherPipelines : runsText.nothingChanged}</p>
        ) : (
          <ul className="list-disc space-y-1 pl-5">
            {changes.map((sentence) => (
              <li key={sentence} className="first-letter:uppercase">
                {sentence}
              </li>
            ))}
          </ul>
        )}
      </Card>
      <ObjectsCompared objects={objects} />
    </div>
  )
}

interface RunCardProps {
  readonly title: string
  readonly run: RunSummary
}

function RunCard({ title, run }: RunCardProps): ReactNode {
  return (
    <Card title={title} actions={<RunStateBadge state={run.state} />}>
      <Link
        to="/pipelines/$id/runs/$run"
        params={{ id: run.pipelineId, run: run.id }}
        className="font-medium hover:underline"
      >
        <Name>{run.pipelineName}</Name>
      </Link>
      <p className="text-muted">
        <RelativeTime at={run.startedAt ?? run.queuedAt} /> · {duration(run.durationMs ?? 0)} ·{' '}
        {runsText.version(run.version)}
      </p>
    </Card>
  )
}

function ObjectsCompared({ objects }: Pick<Comparison, 'objects'>): ReactNode {
  return (
    <Table label={runsText.objects}>
      <TableHead>
        <HeadCell>{runsText.columns.object}</HeadCell>
        <HeadCell className={narrowHead}>{runsText.loadedEarlier}</HeadCell>
        <HeadCell className={narrowHead}>{runsText.loadedLater}</HeadCell>
        <HeadCell className={narrowHead}>{runsText.difference}</HeadCell>
        <HeadCell className="text-right max-sm:hidden">{runsText.timeDifference}</HeadCell>
      </TableHead>
      <tbody>
        {objects.map(({ object, a, b }) => (
          <Row key={object}>
            <Cell className="font-medium">
              <ObjectName name={object} />
            </Cell>
            <NumberCell className="max-sm:px-2">{a ? count(a.loaded) : '–'}</NumberCell>
            <NumberCell className="max-sm:px-2">{b ? count(b.loaded) : '–'}</NumberCell>
            <NumberCell className="max-sm:px-2">{difference(a?.loaded, b?.loaded, count)}</NumberCell>
            <NumberCell className="max-sm:hidden">{difference(time(a), time(b), duration)}</NumberCell>
          </Row>
        ))}
      </tbody>
    </Table>
  )
}

/** On a phone a heading breaks, so that the table has room for its numbers. */
const narrowHead = 'text-right max-sm:px-2 max-sm:whitespace-normal'

function time(object: RunObject | null): number | undefined {
  return object?.startedAt && object.finishedAt
    ? Date.parse(object.finishedAt) - Date.parse(object.startedAt)
    : undefined
}

/** A dash where only one of the two runs read the object: there is nothing to compare. */
function difference(
  earlier: number | undefined,
  later: number | undefined,
  say: (value: number) => string,
): string {
  if (earlier === undefined || later === undefined) return '–'
  if (earlier === later) return '='
  return `${later > earlier ? '+' : '−'}${say(Math.abs(later - earlier))}`
}
