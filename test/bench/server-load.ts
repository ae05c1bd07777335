import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEnvironment } from '@penstock/server/env.ts'
import { startEmbedded } from '@penstock/server/postgres/start-embedded.ts'
import { startRun } from '@penstock/server/runs/start-run.ts'
import { ServerStage } from '../chaos/server-stage.ts'
import { processorTime } from './processor-time.ts'

/**
 * `node test/bench/server-load.ts [seconds]`: 50 pipelines, 8 of them running, while the API answers 100 calls a second for so long
 * (default 30). Calls are sent on time, whether or not those before them were answered, so that waiting counts. The goal is a 95th
 * percentile of 200 ms; ends with 1 where it is missed or a call failed. The first five seconds are told apart: a process that has just
 * begun runs code that nothing optimised yet, on processors that eight runs keep busy.
 */
const [pipelines, running, perSecond, goalMs, coldSeconds] = [50, 8, 100, 200, 5]
const objects = [
  'contacts',
  'conversations',
  'conversation_parts',
  'companies',
  'tags',
  'contact_tag',
] as const
const seconds = Number(process.argv[2] ?? 30)

const agent = new Agent({ keepAlive: true })

// What it started ends with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
const folder = await mkdtemp(join(tmpdir(), 'penstock-load-'))
const postgres = await startEmbedded(join(folder, 'postgres'), { max_connections: '100' })
const stage = await ServerStage.open(postgres.url, {
  sizes: { contacts: 6000, companies: 300, conversations: 2500, tickets: 5 },
  behaviour: { rateLimitPerApp: 800, rateLimitWindowSeconds: 10 },
})
let failed = true
try {
  failed = await measure()
} finally {
  await stage.close()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

async function measure(): Promise<boolean> {
  const [server, key] = [await stage.server(), await stage.apiKey('editor')]
  // As `npm start` has it.
  await stage.worker(running, { nice: readEnvironment().workerNice })
  const ids = await stage.pipelines(pipelines, objects)
  const runs: string[] = []
  for (const pipelineId of ids.slice(0, running))
    runs.push((await startRun(stage.actor, { pipelineId })).runId)
  await stage.until('all of them run', async () => {
    const rows = await stage.sql`select from runs where state = 'running'`
    return rows.length === running
  })
  const calls = callsOf(ids, runs)
  const call = async (number: number) => {
    const [path, input] = calls[number % calls.length] ?? calls[0]
    const sent = performance.now()
    const answer = await post(`${server.url}/api/${path}`, key, JSON.stringify(input))
    return { path, answer, ms: performance.now() - sent }
  }
  for (let warm = 0; warm < 30; warm++) await call(warm)
  const answers: ReturnType<typeof call>[] = []
  const [began, usedBefore] = [performance.now(), processorTime(server.pid)]
  for (let number = 0; number < seconds * perSecond; number++) {
    const due = began + (number * 1000) / perSecond
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
    answers.push(call(number))
  }
  const done = await Promise.all(answers)
  const used = processorTime(server.pid)
  if (used !== undefined && usedBefore !== undefined)
    console.log(`processor time of the server: ${((used - usedBefore) / done.length).toFixed(2)} ms a call`)
  const [still] = await stage.sql`select count(*)::int as count from runs where state = 'running'`
  return report(done, Number(still?.['count']))
}

/** The status of the answer, or why there was none. Not with `fetch`, which takes more processor time, and these are the server’s processors, too. */
function post(url: string, key: string, body: string): Promise<number | string> {
  const headers = {
    'x-api-key': key,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((answered) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => answered(response.statusCode ?? 'no status'))
      response.once('error', ({ message }) => answered(message))
    })
    sent.once('error', ({ message }) => answered(message))
    sent.end(body)
  })
}

function callsOf(ids: readonly string[], runs: readonly string[]) {
  const reads = runs.flatMap((id): [string, object][] => [
    ['pipelines/list', { limit: 50 }],
    ['runs/get', { id }],
    ['runs/list', { limit: 50 }],
    ['runs/log', { id, limit: 100 }],
    ['pipelines/get', { id: ids[runs.indexOf(id)] }],
    ['connections/list', {}],
    ['session/me', {}],
  ])
  const first: [string, object] = ['pipelines/list', { limit: 50 }]
  return [first, ...reads] as const
}

function report(
  answers: readonly { readonly path: string; readonly answer: number | string; readonly ms: number }[],
  stillRunning: number,
): boolean {
  const refused = answers.filter(({ answer }) => answer !== 200)
  for (const { path, answer } of refused) console.log(`${path}: ${answer}`)
  say(`first ${coldSeconds} seconds`, answers.slice(0, coldSeconds * perSecond))
  const warm = answers.slice(coldSeconds * perSecond)
  for (const path of new Set(warm.map((answer) => answer.path)))
    say(
      path,
      warm.filter((answer) => answer.path === path),
    )
  const p95 = say('all after them', warm)
  console.log(
    `${refused.length} calls failed; ${stillRunning} runs were still under way; load ${loadavg()[0]?.toFixed(1)}`,
  )
  return refused.length > 0 || p95 > goalMs
}

function say(name: string, answers: readonly { readonly ms: number }[]): number {
  const sorted = answers.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  const figures = [0.5, 0.95, 0.99, 1].map((share) => at(share).toFixed(0).padStart(5))
  console.log(
    `${name.padEnd(18)} ${String(sorted.length).padStart(5)} calls   p50 p95 p99 max ${figures.join(' ')} ms`,
  )
  return at(0.95)
}
