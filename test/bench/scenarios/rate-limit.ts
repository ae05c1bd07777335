import { ratio, seconds } from '../format-figures.ts'
import { runPenstock } from '../run-penstock.ts'
import type { Finding, Scenario, ScenarioSize } from '../scenario.ts'
import { seenRequests } from '../seen-requests.ts'
import type { SeenRequest } from '../seen-requests.ts'
import type { Workbench } from '../workbench.ts'
import { conversationObjects } from './conversation-parts.ts'

const perWindow = 166
const windowMs = 10_000

/** A tenth of the usual budget, so that it is what decides. Measured once: it takes its time, and varies little. */
export const rateLimit: Scenario = {
  name: 'rate-limit',
  title: `A budget of ${perWindow} requests in each window of 10 s`,
  measure,
}

async function measure(workbench: Workbench, size: ScenarioSize): Promise<Finding> {
  await using sandbox = await workbench.sandbox({
    sizes: { contacts: 100, conversations: size.count(600) },
    behaviour: { rateLimitPerApp: perWindow },
  })
  await using database = await workbench.database()
  const { report, runMs } = await runPenstock(workbench, {
    source: sandbox,
    objects: conversationObjects,
    databaseUrl: database.url,
  })
  const seen = await seenRequests(sandbox)
  const refused = seen.filter(({ status }) => status === 429).length
  const idealMs = (report.requests / perWindow) * windowMs
  const soonestMs = soonestEnd(seen)
  const times = runMs / soonestMs
  const used = usedBudget(seen)
  return {
    columns: [
      'requests',
      'at the mean rate',
      'soonest',
      'time',
      'of the soonest',
      'waited',
      'budget used',
      '429',
    ],
    rows: [
      [
        String(report.requests),
        seconds(idealMs),
        seconds(soonestMs),
        seconds(runMs),
        `${ratio(times)} ×`,
        seconds(report.rateLimitWaitMs),
        Number.isNaN(used) ? '–' : `${(used * 100).toFixed(1)} %`,
        String(refused),
      ],
    ],
    goals: [
      { says: `at most one in a hundred refused with 429 (${refused})`, met: refused <= seen.length / 100 },
      { says: 'at least 97 % of the budget used in windows it could use whole', met: !(used < 0.97) },
      { says: `at most a fifth longer than the soonest possible (${ratio(times)})`, met: times <= 1.2 },
    ],
    figures: {
      requests: report.requests,
      refused,
      ideal_ms: idealMs,
      run_ms: runMs,
      soonest_ms: soonestMs,
      of_soonest: times,
      budget_used: used,
    },
  }
}

/**
 * From the first request to the moment the budget allows the last one: windows are aligned to the clock, so a run may use up the rest of
 * its first window at once, and needs only the beginning of its last.
 */
function soonestEnd(seen: readonly SeenRequest[]): number {
  const answered = seen.filter(({ status }) => status !== 429)
  const first = answered[0]?.time ?? 0
  const windows = Math.ceil(answered.length / perWindow)
  return Math.max((Math.floor(first / windowMs) + windows - 1) * windowMs - first, 1)
}

/** The share of their budget that windows used which lay wholly inside the run. Not a number where there was none. */
function usedBudget(seen: readonly SeenRequest[]): number {
  const windows = new Map<number, number>()
  for (const { time, status } of seen) {
    const window = Math.floor(time / windowMs)
    windows.set(window, (windows.get(window) ?? 0) + (status === 429 ? 0 : 1))
  }
  const whole = [...windows.values()].slice(1, -1)
  return whole.reduce((sum, calls) => sum + calls, 0) / (whole.length * perWindow)
}
