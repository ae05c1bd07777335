import { startRun } from '@penstock/server/runs/start-run.ts'
import { seededRandom } from '../fakes/seeded-random.ts'
import { ServerStage } from './server-stage.ts'
import type { WorkerProcess } from './worker-process.ts'

/** Objects of every kind: windows, children, a scroll, a full refresh, derived ones. */
const objects = [
  'contacts',
  'companies',
  'conversations',
  'conversation_parts',
  'tags',
  'contact_tag',
] as const

/** 20 s are promised on a machine of one’s own; here three tests share two cores. */
const longestTakeOverMs = 45_000

export interface TakeOverInput {
  /** A PostgreSQL on which databases may be made. */
  readonly serverUrl: string
  readonly seed: number
  readonly say: (line: string) => void
}

/**
 * Three workers with a run each on one account; the second's lands in a DuckDB file, which only one process can have open. At random
 * moments the first is killed, the second stopped: the third goes on with both runs, under their ids, at their checkpoints, with the second's
 * as soon as that one is woken, and finds that it has lost. Answers everything that was not as promised.
 */
export async function playTakeOver({ serverUrl, seed, say }: TakeOverInput): Promise<readonly string[]> {
  const random = seededRandom(seed)
  const stage = await ServerStage.open(serverUrl, {
    seed,
    sizes: { contacts: 320, companies: 120, conversations: 100, tickets: 5, activityLogs: 5, articles: 5 },
    // Who is killed within the companies scroll leaves it open: a minute of waiting for it would prove nothing more.
    behaviour: { rateLimitPerApp: 80, rateLimitWindowSeconds: 2, scrollExpirySeconds: 10 },
  })
  try {
    // One slot for each of the first two, room for all in the last, which sleeps until the two have their run.
    const carriers = await Promise.all([stage.worker(1), stage.worker(1), stage.worker(4)])
    const [one, other, last] = carriers
    other.signal('SIGSTOP')
    last.signal('SIGSTOP')
    const runs: string[] = []
    const [first = '', third = ''] = await stage.pipelines(2, objects)
    const second = await stage.filePipeline(objects)
    for (const pipelineId of [first, second, third]) {
      if (runs.length === 1) other.signal('SIGCONT')
      if (runs.length === 2) last.signal('SIGCONT')
      const { runId } = await startRun(stage.actor, { pipelineId })
      runs.push(runId)
      await stage.until('the run is carried', async () => (await carrierOf(stage, runId)) !== undefined)
    }
    const [killed = '', stopped = ''] = runs
    const waits = { kill: random.below(1500), stop: random.below(1500) }
    say(
      `seed ${seed}: the first is killed after ${waits.kill} ms, the second stopped after ${waits.stop} ms more`,
    )
    await pass(waits.kill)
    one.signal('SIGKILL')
    const killedAt = Date.now()
    await pass(waits.stop)
    await stage.until('the file is open', async () => stage.hasFile(second))
    other.signal('SIGSTOP')
    const stoppedAt = Date.now()
    const problems = [
      ...(await takenOver(stage, killed, last, killedAt, say)),
      ...(await takenOver(stage, stopped, last, stoppedAt, say)),
    ]
    problems.push(...(await waitsForFile(stage, stopped)))
    other.signal('SIGCONT')
    for (const runId of runs) await stage.until(`run ${runId} ends`, async () => hasEnded(stage, runId))
    problems.push(...(await checkRefused(stage, say)))
    return [...problems, ...(await lostIt(stage, other, stopped)), ...(await checkEnd(stage, runs))]
  } finally {
    await stage.close()
  }
}

async function landedRows(stage: ServerStage, pipelineId: string): Promise<ReadonlyMap<string, number>> {
  const counted = objects.map(async (object) => [object, await stage.landed(pipelineId, object)] as const)
  return new Map(await Promise.all(counted))
}

async function takenOver(
  stage: ServerStage,
  runId: string,
  by: WorkerProcess,
  since: number,
  say: (line: string) => void,
): Promise<readonly string[]> {
  const row = await stage.until(`run ${runId} is taken over`, async () => {
    const [found] = await stage.sql`select attempt, worker, state from runs where id = ${runId}`
    return (found?.['state'] !== 'running' || found['worker'] === by.name) && found
  })
  const ms = Date.now() - since
  if (row['state'] !== 'running') return [] // It had ended before anything happened to it.
  say(`  taken over after ${ms} ms`)
  return ms > longestTakeOverMs ? [`run ${runId} was taken over only after ${ms} ms`] : []
}

/** The worker that was stopped still has DuckDB's lock on its file, whatever became of its run: whoever goes on waits for it, and says so. */
async function waitsForFile(stage: ServerStage, runId: string): Promise<readonly string[]> {
  const look = async () => {
    const [run] = await stage.sql`select finished_at, attempt from runs where id = ${runId}`
    if (run?.['finished_at'] instanceof Date) return { ended: true, attempt: Number(run['attempt']) }
    const [told] =
      await stage.sql`select message from run_events where run_id = ${runId} and kind = 'lock' and level = 'warn'`
    return told && { message: String(told['message']) }
  }
  const seen = await stage.until('the run that was taken over tells what it waits for', look)
  if (seen.message !== undefined)
    return /process \d+/.test(seen.message) ? [] : [`no process is named: ${seen.message}`]
  return seen.attempt > 1 ? ['a run that was taken over ended while its file was held'] : []
}

/** The worker that was stopped must have noticed that its run was given away. */
async function lostIt(stage: ServerStage, worker: WorkerProcess, runId: string): Promise<readonly string[]> {
  const [row] = await stage.sql`select attempt from runs where id = ${runId}`
  if (row?.['attempt'] === 1) return []
  const letGo = async () => worker.lines.some(({ event, why }) => event === 'run.left' && why === 'lost')
  try {
    await stage.until('the woken worker lets go', letGo)
    return []
  } catch {
    const last = worker.lines.slice(-12).map((line) => JSON.stringify(line))
    return [`the woken worker did not say that it let go of its run; its last lines: ${last.join(' ')}`]
  }
}

/** Three workers on one account, of which two vanish, keep to its budget together. */
async function checkRefused(stage: ServerStage, say: (line: string) => void): Promise<readonly string[]> {
  const requests = await stage.sandbox.requests()
  const refused = requests.filter(({ status }) => status === 429).length
  say(`  ${refused} of ${requests.length} requests were refused with 429`)
  return refused > requests.length / 100
    ? [`${refused} of ${requests.length} requests were refused with 429`]
    : []
}

async function checkEnd(stage: ServerStage, runs: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const runId of runs) {
    const [run] = await stage.sql`select * from runs where id = ${runId}`
    if (run?.['state'] !== 'succeeded')
      found.push(`run ${runId} ended ${run?.['state']}: ${JSON.stringify(run?.['error'])}`)
    const events =
      await stage.sql`select seq, kind, message from run_events where run_id = ${runId} order by seq`
    if (events.some(({ seq }, index) => seq !== index + 1)) found.push(`the log of ${runId} has gaps`)
    const taken = events.filter(({ kind }) => kind === 'taken_over').length
    if (taken !== Number(run?.['attempt']) - 1) found.push(`${taken} take-overs of ${runId} are in its log`)
    const sums = await stage.sql`select object, state, error from run_objects where run_id = ${runId}
      and (extracted <> loaded + unchanged + filtered + rejected or state not in ('done', 'warning'))`
    for (const row of sums) found.push(`${runId}: ${JSON.stringify(row)}`)
    const pipelineId = String(run?.['pipeline_id'])
    found.push(
      ...(await miscounted(stage, runId, pipelineId)),
      ...(await stage.differences(pipelineId, objects)),
    )
  }
  return found
}

/** Nothing changed meanwhile, so each row was loaded once, whoever read it and however often. */
async function miscounted(stage: ServerStage, runId: string, pipelineId: string): Promise<readonly string[]> {
  const landed = await landedRows(stage, pipelineId)
  const counted = await stage.sql`select object, loaded::int from run_objects where run_id = ${runId}`
  return counted
    .filter(({ object, loaded }) => landed.get(object) !== loaded)
    .map(
      ({ object, loaded }) =>
        `run ${runId} says ${loaded} rows of ${object} were loaded, which are ${landed.get(object)}`,
    )
}

async function carrierOf(stage: ServerStage, runId: string): Promise<unknown> {
  const [row] = await stage.sql`select worker from runs where id = ${runId} and state = 'running'`
  return row?.['worker']
}

async function hasEnded(stage: ServerStage, runId: string): Promise<boolean> {
  const [row] = await stage.sql`select finished_at from runs where id = ${runId}`
  return row?.['finished_at'] instanceof Date
}

async function pass(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}
