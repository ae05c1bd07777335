import { useEffect, useRef } from 'react'
import type { Run, RunObject } from '../api/answers.ts'
import { isLive } from '../run-state/run-looks.ts'
import { runsText } from '../strings/runs.ts'
import { announce } from '../ui/live-region.tsx'

/** What of a run tells that something ended. */
export interface Progress extends Pick<Run, 'state'> {
  readonly objects: readonly Pick<RunObject, 'object' | 'state' | 'finishedAt'>[]
}

/** Has a screen reader say what ended: each object, then the run. Not the counts between. */
export function useMilestones(run: Run): void {
  const before = useRef(run)
  useEffect(() => {
    const said = whatEnded(before.current, run)
    before.current = run
    if (said !== '') announce(said)
  }, [run])
}

/** What ended between two looks at a run, in one sentence: of two that are announced at once, the first is never heard. */
export function whatEnded(before: Progress, now: Progress): string {
  if (isLive(before.state) && !isLive(now.state)) return runsText.finishedAs(runsText.states[now.state])
  const open = new Set(before.objects.flatMap((one) => (one.finishedAt === null ? one.object : [])))
  return now.objects
    .filter(({ object, finishedAt }) => finishedAt !== null && open.has(object))
    .map(({ object, state }) => runsText.objectFinished(object, runsText.objectStates[state]))
    .join('. ')
}
