import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Run, RunObject } from '../api/answers.ts'
import { api } from '../api/client.ts'
import { withQuotedSetOff } from '../strings/catalogue.ts'
import { runsText } from '../strings/runs.ts'
import { buttonClass } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/use-now.ts'

interface RunFailureProps {
  readonly failure: NonNullable<RunObject['error']>
  /** Whose connection is offered, where that is what has to be seen to. */
  readonly pipelineId?: string
}

/** What failed, and what to do about it. */
export function RunFailure({ failure, pipelineId }: RunFailureProps): ReactNode {
  return (
    <Notice
      tone={failure.code === 'cancelled' ? 'idle' : 'bad'}
      title={withQuotedSetOff(failure.message)}
      actions={
        pipelineId !== undefined && ofTheAccount.has(failure.code) && <ToConnection pipelineId={pipelineId} />
      }
    >
      <p>{withQuotedSetOff(failure.advice)}</p>
    </Notice>
  )
}

/** Failures that only another token, or more of it, can end. */
const ofTheAccount: ReadonlySet<string> = new Set(['unauthorized', 'missing_scope', 'forbidden'])

function ToConnection({ pipelineId }: { readonly pipelineId: string }): ReactNode {
  const pipeline = useQuery(api.pipelines.get.queryOptions({ id: pipelineId }))
  const id = pipeline.data?.source?.connectionId
  if (!id) return null
  return (
    <Link to="/connections" search={{ open: id }} className={buttonClass('plain', 'small')}>
      {runsText.openConnection}
    </Link>
  )
}

/** What the run waits for, and for how long still. */
export function RunWait({ wait }: { readonly wait: NonNullable<Run['waitingNow']> }): ReactNode {
  const now = useNow('second')
  const left = Math.ceil((Date.parse(wait.until) - now) / 1_000)
  const reason = [waitReason(wait.reason), wait.object].filter(Boolean).join(' · ')
  return (
    <Notice tone="info">{left > 0 ? runsText.waiting(reason, left) : runsText.waitingEnded(reason)}</Notice>
  )
}

/** Why the run waited, in words. */
export function waitReason(reason: string): string {
  const known: Readonly<Record<string, string>> = runsText.waitReasons
  return known[reason] ?? reason
}
