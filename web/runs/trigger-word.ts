import type { RunSummary } from '../api/answers.ts'
import { runsText } from '../strings/runs.ts'
import { runTriggers } from './runs-search.ts'

/** What started a run, and who: "By hand, Ana". */
export function triggerWord({ trigger, triggeredBy }: Pick<RunSummary, 'trigger' | 'triggeredBy'>): string {
  const known = runTriggers.find((one) => one === trigger)
  const name = triggeredBy?.replace(/ <[^>]*>$/, '')
  return [known ? runsText.triggers[known] : trigger, name].filter(Boolean).join(', ')
}
