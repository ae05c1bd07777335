import { setTimeout as wait } from 'node:timers/promises'
import { checkReport } from './check-report.ts'
import type { ChaosSeed } from './chaos-seed.ts'
import type { RunnerEnd, RunnerProcess } from './runner-process.ts'

/** What one round does to a runner. */
export type Trouble = 'kill' | 'kill_while_staging' | 'crash_database' | 'crash_both' | 'fence' | 'let_be'

/** Before this a runner only loads its programs. */
const startMs = 500

/** No run of a seed takes so long but one that hangs. */
const patienceMs = 240_000

/** Starts a runner and does something to it; answers what it said, if it could. `usualMs` is how long a run took so far. */
export async function makeTrouble(
  chaos: ChaosSeed,
  trouble: Trouble,
  usualMs: number,
): Promise<readonly string[]> {
  const { random, watch, warehouse } = chaos
  const delay = Math.floor(startMs + random.next() * usualMs)
  chaos.say(`  ${trouble} after ${delay} ms`)
  if (trouble === 'fence') return await pauseAndOvertake(chaos, delay)
  const runner = chaos.run()
  const act = async () => {
    if (trouble === 'kill_while_staging') await untilStaging(chaos, runner, delay)
    else await Promise.race([wait(delay), runner.ended])
    if (trouble === 'crash_database' || trouble === 'crash_both') await warehouse.crash?.()
    if (trouble === 'crash_both') await Promise.race([wait(random.below(1500)), runner.ended])
    if (trouble !== 'let_be' && trouble !== 'crash_database') runner.signal('SIGKILL')
  }
  const acting = act()
  const work = Promise.all([endOf(runner), acting]).then(([end]) => end)
  const end = warehouse.type === 'postgres' ? await watch.during(work) : await work
  return told(chaos, end)
}

/** Stops a runner in its tracks, lets another one do the work, and wakes the first: whatever it still does must not show. */
async function pauseAndOvertake(chaos: ChaosSeed, delay: number): Promise<readonly string[]> {
  const first = chaos.run()
  await Promise.race([wait(delay), first.ended])
  first.signal('SIGSTOP')
  const second = chaos.run()
  const others = endOf(second)
  const before = chaos.warehouse.type === 'postgres' ? await chaos.watch.during(others) : await others
  first.signal('SIGCONT')
  const after = await endOf(first)
  return [...told(chaos, before), ...told(chaos, after)]
}

/** Until a generation waits to be published, and a moment more; at most as long as a run takes. */
async function untilStaging(
  { warehouse, random }: ChaosSeed,
  runner: RunnerProcess,
  delay: number,
): Promise<void> {
  const deadline = Date.now() + 5_000 + delay
  while (runner.running && Date.now() < deadline) {
    if (await warehouse.isStaging?.().catch(() => false)) break
    await wait(5)
  }
  await wait(random.below(80))
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
