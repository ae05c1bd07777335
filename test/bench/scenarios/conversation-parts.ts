import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { megabytes, micros, perSecond, ratio, seconds } from '../format-figures.ts'
import { medianOf } from '../median.ts'
import { rememberSandbox } from '../remembered-source.ts'
import type { Source } from '../remembered-source.ts'
import { runFetchFloor } from '../run-floor.ts'
import type { FloorRun } from '../run-floor.ts'
import { runPenstock } from '../run-penstock.ts'
import type { PenstockRun } from '../run-penstock.ts'
import type { Finding, Scenario, ScenarioSize } from '../scenario.ts'
import { seenRequests } from '../seen-requests.ts'
import type { Workbench } from '../workbench.ts'

export const conversationObjects = { conversations: {}, conversation_parts: {} }

/** One request for each conversation: the floor sends the very same ones, 40 under way, and does no more than parse the answers. */
export const conversationParts: Scenario = {
  name: 'conversation-parts',
  title: 'Conversations and their parts into PostgreSQL, a request for each conversation, no latency',
  measure,
}

async function measure(workbench: Workbench, size: ScenarioSize): Promise<Finding> {
  const conversations = size.count(5000)
  await using sandbox = await workbench.sandbox({ sizes: { conversations, contacts: 500 } })
  await using source = await rememberSandbox(sandbox)
  const first = await oursOnce(workbench, source) // everything is remembered from here on
  const file = join(workbench.folder, 'requests.json')
  await writeFile(file, JSON.stringify(await seenRequests(sandbox)))
  const floors: FloorRun[] = []
  const runs: PenstockRun[] = []
  for (let round = 0; round < size.repeat; round++) {
    floors.push(await runFetchFloor(workbench, source, file))
    runs.push(await oursOnce(workbench, source))
  }
  return report(first.records, floors, runs)
}

async function oursOnce(workbench: Workbench, source: Source): Promise<PenstockRun> {
  await using database = await workbench.database()
  return await runPenstock(workbench, { source, objects: conversationObjects, databaseUrl: database.url })
}

function report(records: number, floors: readonly FloorRun[], runs: readonly PenstockRun[]): Finding {
  const calls = medianOf(runs, ({ report: { requests } }) => requests)
  const one = (list: readonly FloorRun[]) => ({
    runMs: medianOf(list, ({ runMs }) => runMs),
    cpuMs: medianOf(list, ({ cpuMs }) => cpuMs),
    peakBytes: medianOf(list, ({ peakBytes }) => peakBytes),
  })
  const [floor, ours] = [one(floors), one(runs)]
  const row = (name: string, { runMs, cpuMs, peakBytes }: typeof floor) => [
    name,
    seconds(runMs),
    perSecond(calls, runMs),
    perSecond(records, runMs),
    micros(cpuMs, calls),
    megabytes(peakBytes),
  ]
  const speed = floor.runMs / ours.runMs
  const work = ours.cpuMs / floor.cpuMs
  return {
    columns: ['', 'time', 'requests', 'records', 'processor/request', 'peak memory'],
    rows: [
      row('floor: fetch and parse', floor),
      row('penstock', ours),
      ['ratio', ratio(speed), ratio(speed), '', ratio(work), ratio(ours.peakBytes / floor.peakBytes)],
    ],
    goals: [
      { says: `at least a third of the speed of fetching alone (${ratio(speed)})`, met: speed >= 1 / 3 },
    ],
    figures: {
      requests: calls,
      records,
      speed_ratio: speed,
      cpu_ratio: work,
      floor_run_ms: floor.runMs,
      run_ms: ours.runMs,
      floor_cpu_ms: floor.cpuMs,
      cpu_ms: ours.cpuMs,
      peak_bytes: ours.peakBytes,
    },
  }
}
