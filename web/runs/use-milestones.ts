import { useEffect, useRef } from 'react'
import type { Run } from '../api/answers.ts'
import { isLive } from '../run-state/run-looks.ts'
import { runsText } from '../strings/runs.ts'
import { announce } from '../ui/live-region.tsx'

/** Has a screen reader say what ended: each object, then the run. Not the counts between. */
export function useMilestones(run: Run): void {
  const before = useRef(run)
  useEffect(() => {
    const old = before.current
    before.current = run
    if (isLive(old.state) && !isLive(run.state)) {
      announce(runsText.finishedAs(runsText.states[run.state]))
      return
    }
    const ended = run.objects.find(
      (object) =>
        object.finishedAt !== null &&
        old.objects.find((one) => one.object === object.object)?.finishedAt === null,
    )
    if (ended) announce(runsText.objectFinished(ended.object, runsText.objectStates[ended.state]))
  }, [run])
}
