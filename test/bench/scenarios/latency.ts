import { perSecond, ratio, seconds } from '../format-figures.ts'
import { medianOf } from '../median.ts'
import { rememberSandbox } from '../remembered-source.ts'
import { runPenstock } from '../run-penstock.ts'
import type { PenstockRun } from '../run-penstock.ts'
import type { Finding, Scenario, ScenarioSize } from '../scenario.ts'
import type { Workbench } from '../workbench.ts'
import { contactsObject } from './contacts.ts'
import { conversationObjects } from './conversation-parts.ts'

const latencyMs = 100

interface Case {
  readonly name: string
  readonly figure: string
  readonly objects: Readonly<Record<string, object>>
  readonly sizes: { readonly contacts: number; readonly conversations: number }
  /** Requests that can be under way at once: the manifest's limit, and for one list the windows that are read side by side. */
  readonly atOnce: number
  /** How much longer than the ideal it may take. */
  readonly goal: number
}

/** Over a real network a pipeline mostly waits; what counts is how many requests wait at the same time. */
export const latency: Scenario = {
  name: 'latency',
  title: `Every answer takes ${latencyMs} ms`,
  measure,
}

async function measure(workbench: Workbench, size: ScenarioSize): Promise<Finding> {
  const cases: readonly Case[] = [
    {
      name: 'conversations and their parts',
      figure: 'parts',
      objects: conversationObjects,
      sizes: { contacts: 100, conversations: size.count(600) },
      atOnce: 40,
      goal: 2.5,
    },
    {
      name: 'contacts',
      figure: 'contacts',
      objects: contactsObject,
      sizes: { contacts: size.count(30_000), conversations: 0 },
      atOnce: 10,
      goal: 2.5,
    },
  ]
  const found = []
  for (const one of cases) found.push(await measureCase(workbench, size.repeat, one))
  return {
    columns: ['', 'requests', 'one by one', 'at once', 'ideal', 'time', 'of the ideal', 'records'],
    rows: found.map(({ row }) => row),
    goals: found.map(({ goal }) => goal),
    figures: Object.assign({}, ...found.map(({ figures }) => figures)),
  }
}

async function measureCase(workbench: Workbench, repeat: number, one: Case) {
  await using sandbox = await workbench.sandbox({ sizes: one.sizes })
  await using source = await rememberSandbox(sandbox, latencyMs)
  const runs: PenstockRun[] = []
  // The first round only fills the source's memory.
  for (let round = 0; round <= repeat; round++) {
    await using database = await workbench.database()
    const run = await runPenstock(workbench, { source, objects: one.objects, databaseUrl: database.url })
    if (round > 0) runs.push(run)
  }
  const requests = medianOf(runs, ({ report }) => report.requests)
  const runMs = medianOf(runs, (run) => run.runMs)
  const records = medianOf(runs, (run) => run.records)
  const idealMs = (requests * latencyMs) / one.atOnce
  const times = runMs / idealMs
  return {
    row: [
      one.name,
      String(requests),
      seconds(requests * latencyMs),
      String(one.atOnce),
      seconds(idealMs),
      seconds(runMs),
      `${ratio(times)} ×`,
      perSecond(records, runMs),
    ],
    goal: { says: `${one.name}: at most ${one.goal} × the ideal (${ratio(times)})`, met: times <= one.goal },
    figures: {
      [`${one.figure}_requests`]: requests,
      [`${one.figure}_ideal_ms`]: idealMs,
      [`${one.figure}_run_ms`]: runMs,
      [`${one.figure}_of_ideal`]: times,
    },
  }
}
