import { setTimeout as wait } from 'node:timers/promises'
import { awaitMoment, drawMoment } from './await-moment.ts'
import type { Moment } from './await-moment.ts'
import { checkReport } from './check-report.ts'
import type { ChaosSeed } from './chaos-seed.ts'
import type { RunnerEnd, RunnerProcess } from './runner-process.ts'

/** What one round does to a runner. */
export type Trouble = 'kill' | 'crash_database' | 'crash_both' | 'fence' | 'let_be'

/** No run of a seed takes so long but one that hangs. */
const patienceMs = 240_000

/** Starts a runner and does something to it; answers what was not as promised. `longestMs`: how late that may be. */
export async function makeTrouble(
  chaos: ChaosSeed,
  trouble: Trouble,
  longestMs: number,
): Promise<readonly string[]> {
  const { random, watch, warehouse, sandbox } = chaos
  const moment = drawMoment(chaos, longestMs)
  chaos.say(`  ${trouble} at ${JSON.stringify(moment)}`)
  await sandbox.forgetRequests()
  if (trouble === 'fence') return await pauseAndOvertake(chaos, moment)
  const runner = chaos.run()
  const act = async () => {
    if (trouble === 'let_be') return
    await awaitMoment(moment, chaos, runner)
    if (trouble !== 'kill') await warehouse.crash?.()
    if (trouble === 'crash_both') await Promise.race([wait(random.below(1500)), runner.ended])
    if (trouble !== 'crash_database') runner.signal('SIGKILL')
  }
  const work = Promise.all([endOf(runner), act()]).then(([end]) => end)
  const end = warehouse.type === 'postgres' ? await watch.during(work) : await work
  return told(chaos, end)
}

/** Stops a runner in its tracks, lets another one do the work, and wakes the first: whatever it still does must not show. */
async function pauseAndOvertake(chaos: ChaosSeed, moment: Moment): Promise<readonly string[]> {
  const first = chaos.run()
  await awaitMoment(moment, chaos, first)
  first.signal('SIGSTOP')
  const second = chaos.run()
  const others = endOf(second)
  const before = chaos.warehouse.type === 'postgres' ? await chaos.watch.during(others) : await others
  first.signal('SIGCONT')
  const after = await endOf(first)
  const keptOut = (before.report?.objects ?? []).filter(
    ({ error }) => error?.code === 'destination_unavailable',
  )
  // A file that is open elsewhere cannot be opened at all; a server can be.
  const blocked = chaos.warehouse.type === 'postgres' && keptOut.length > 0
  return [
    ...told(chaos, before),
    ...told(chaos, after),
    ...(blocked ? [`a paused runner kept another one out of ${keptOut.length} tables`] : []),
  ]
}

async function endOf(runner: RunnerProcess): Promise<RunnerEnd> {
  const timer = setTimeout(() => runner.signal('SIGKILL'), patienceMs)
  const end = await runner.ended
  clearTimeout(timer)
  return end.ms < patienceMs
    ? end
    : { ...end, code: -1, err: `${end.err}\nIt hung for ${patienceMs} ms and was killed.` }
}

function told(chaos: ChaosSeed, end: RunnerEnd): readonly string[] {
  const { report, code, ms } = end
  const failures = (report?.objects ?? [])
    .filter(({ error }) => error !== null && error.code !== report?.error?.code)
    .map(({ object, error }) => `${object} ${error?.code}`)
  const sentence = report
    ? `${report.status}${failures.length > 0 ? `: ${failures.join(', ')}` : ''}`
    : 'told nothing'
  chaos.say(
    `    exit ${code} after ${ms} ms, ${sentence}${report?.error ? ` (${report.error.code}: ${report.error.message})` : ''}`,
  )
  return checkReport(end)
}
