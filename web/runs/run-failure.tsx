import type { ReactNode } from 'react'
import type { Run, RunObject } from '../api/answers.ts'
import { runsText } from '../strings/runs.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/use-now.ts'

/** What failed, and what to do about it. */
export function RunFailure({ failure }: { readonly failure: NonNullable<RunObject['error']> }): ReactNode {
  return (
    <Notice tone="bad" title={failure.message}>
      <p>{failure.advice}</p>
    </Notice>
  )
}

/** What the run waits for, and for how long still. */
export function RunWait({ wait }: { readonly wait: NonNullable<Run['waitingNow']> }): ReactNode {
  const now = useNow(true)
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
