import { startRun } from '@penstock/server/runs/start-run.ts'
import { seededRandom } from '../fakes/seeded-random.ts'
import { ServerStage } from './server-stage.ts'

const objects = [
  'contacts',
  'conversations',
  'conversation_parts',
  'companies',
  'tags',
  'contact_tag',
] as const

export interface RestartInput {
  /** A PostgreSQL on which databases may be made. */
  readonly serverUrl: string
  readonly seed: number
  /** How often the worker is replaced. */
  readonly restarts: number
  readonly say: (line: string) => void
}

/**
 * Runs go on while the worker that carries them is asked to end, again and again, and another one takes its place: all of them end well
 * under their ids, and no row is lost. Answers everything that was not as promised.
 */
export async function playRollingRestart({
  serverUrl,
  seed,
  restarts,
  say,
}: RestartInput): Promise<readonly string[]> {
  const random = seededRandom(seed)
  const stage = await ServerStage.open(serverUrl, {
    seed,
    sizes: { contacts: 320, companies: 120, conversations: 100, tickets: 5, activityLogs: 5, articles: 5 },
    // A scroll that a worker left behind blocks the next one for a minute: that wait is another test's.
    behaviour: { rateLimitPerApp: 60, rateLimitWindowSeconds: 2, scrollLimit: 'many' },
  })
  try {
    let [worker, next] = [await stage.worker(4), await stage.worker(4)]
    const runs: string[] = []
    for (const pipelineId of await stage.pipelines(3, objects))
      runs.push((await startRun(stage.actor, { pipelineId })).runId)
    const found: string[] = []
    for (let restart = 0; restart < restarts; restart++) {
      await stage.until('a run is carried', async () => {
        const rows = await stage.sql`select from runs where state = 'running' or finished_at is not null`
        return rows.length === runs.length
      })
      await new Promise((resolve) => setTimeout(resolve, random.below(1000)))
      const asked = Date.now()
      worker.signal('SIGTERM')
      const code = await worker.ended
      say(`seed ${seed}: worker ${restart + 1} ended with ${code} after ${Date.now() - asked} ms`)
      if (code !== 0) found.push(`a worker that was asked to end ended with ${code}`)
      worker = next
      if (restart + 1 < restarts) next = await stage.worker(4)
    }
    for (const runId of runs) found.push(...(await checkRun(stage, runId, say)))
    return found
  } finally {
    await stage.close()
  }
}

async function checkRun(
  stage: ServerStage,
  runId: string,
  say: (line: string) => void,
): Promise<readonly string[]> {
  const ended = async () => {
    const [row] = await stage.sql`select * from runs where id = ${runId} and finished_at is not null`
    return row
  }
  const run = await stage.until(`run ${runId} ends`, ended)
  say(`  a run ended ${run['state']} in attempt ${run['attempt']}`)
  const differences = await stage.differences(String(run['pipeline_id']), objects)
  if (run['state'] === 'succeeded') return differences
  return [`run ${runId} ended ${run['state']}: ${JSON.stringify(run['error'])}`, ...differences]
}
