import { medianOf } from '../median.ts'
import { megabytes, micros, perSecond, ratio, seconds } from '../format-figures.ts'
import { planFloorWindows, runFloor } from '../run-floor.ts'
import type { FloorRun, FloorWindow } from '../run-floor.ts'
import { runPenstock } from '../run-penstock.ts'
import type { PenstockRun } from '../run-penstock.ts'
import type { Finding, Scenario, ScenarioSize } from '../scenario.ts'
import { rememberSandbox } from '../remembered-source.ts'
import type { Source } from '../remembered-source.ts'
import type { BenchDatabase, Workbench } from '../workbench.ts'

/** Five fields are hashed, as an operations team would choose. */
export const contactsObject = {
  contacts: {
    fields: { name: 'hash', email: 'hash', phone: 'hash', external_id: 'hash', 'avatar.image_url': 'hash' },
  },
}

type Destination = 'PostgreSQL' | 'DuckDB'

/** Contacts into one destination, beside the floor: the same contacts into PostgreSQL by a program that can do nothing else. */
export function contactsInto(destination: Destination): Scenario {
  return {
    name: `contacts-${destination.toLowerCase()}`,
    title: `Contacts, five fields hashed, into ${destination}`,
    measure: (workbench, size) => measure(workbench, size, destination),
  }
}

async function measure(workbench: Workbench, size: ScenarioSize, destination: Destination): Promise<Finding> {
  const contacts = size.count(30_000)
  await using sandbox = await workbench.sandbox({ sizes: { contacts } })
  await using source = await rememberSandbox(sandbox)
  await using empty = await workbench.sandbox({ sizes: { contacts: 1 } })
  const windows = await planFloorWindows(sandbox, 4)
  const floors: FloorRun[] = []
  const runs: PenstockRun[] = []
  const starts: Starts = { floor: [], ours: [] }
  await floorOnce(workbench, source, windows)
  await oursOnce(workbench, source, destination) // everything is remembered from here on
  for (let round = 0; round < size.repeat; round++) {
    floors.push(await floorOnce(workbench, source, windows))
    runs.push(await oursOnce(workbench, source, destination))
    starts.floor.push((await floorOnce(workbench, empty, [{}])).cpuMs)
    starts.ours.push((await oursOnce(workbench, empty, destination)).cpuMs)
  }
  if ([...floors, ...runs].some(({ records }) => records < contacts)) throw new Error('Contacts are missing.')
  return report(contacts, floors, runs, starts)
}

/** Processor milliseconds of whole programs that had one contact to bring. */
interface Starts {
  readonly floor: number[]
  readonly ours: number[]
}

async function floorOnce(
  workbench: Workbench,
  source: Source,
  windows: readonly FloorWindow[],
): Promise<FloorRun> {
  await using database = await workbench.database()
  return await runFloor(workbench, source, database.url, windows)
}

async function oursOnce(
  workbench: Workbench,
  source: Source,
  destination: Destination,
): Promise<PenstockRun> {
  if (destination === 'DuckDB') return await runPenstock(workbench, { source, objects: contactsObject })
  await using database = await workbench.database()
  const run = await runPenstock(workbench, { source, objects: contactsObject, databaseUrl: database.url })
  await expectRows(database, run)
  return run
}

/** A fast run that brings the wrong number of rows would be no measurement. */
async function expectRows(database: BenchDatabase, { report: { objects } }: PenstockRun): Promise<void> {
  const [row] = await database.query('select count(*) as count from intercom.contacts')
  const landed = Number(row?.['count'])
  const loaded = objects.reduce((sum, object) => sum + object.loaded, 0)
  if (landed !== loaded) throw new Error(`The report says ${loaded} contacts, the table holds ${landed}.`)
}

function report(
  contacts: number,
  floors: readonly FloorRun[],
  runs: readonly PenstockRun[],
  starts: Starts,
): Finding {
  const floor = summary(contacts, floors, medianOf(starts.floor, Number))
  const ours = summary(contacts, runs, medianOf(starts.ours, Number))
  const speed = floor.runMs / ours.runMs
  const work = ours.ownCpuMs / floor.ownCpuMs
  return {
    columns: [
      '',
      'throughput',
      'with its start',
      'processor/record',
      'without its start',
      'start',
      'peak memory',
    ],
    rows: [row('floor', contacts, floor), row('penstock', contacts, ours), ratioRow(floor, ours)],
    goals: [
      {
        says: `at least half the floor’s throughput (${ratio(speed)}), both without their starts`,
        met: speed >= 0.5,
      },
      { says: `at most twice the floor’s processor time for a record (${ratio(work)})`, met: work <= 2 },
    ],
    figures: {
      records: contacts,
      throughput_ratio: speed,
      throughput_ratio_with_start: floor.wallMs / ours.wallMs,
      cpu_ratio: ours.cpuMs / floor.cpuMs,
      cpu_ratio_without_start: work,
      floor_run_ms: floor.runMs,
      run_ms: ours.runMs,
      floor_cpu_ms: floor.cpuMs,
      cpu_ms: ours.cpuMs,
      floor_start_cpu_ms: floor.startCpuMs,
      start_cpu_ms: ours.startCpuMs,
      floor_peak_bytes: floor.peakBytes,
      peak_bytes: ours.peakBytes,
    },
  }
}

interface Summary {
  readonly runMs: number
  readonly wallMs: number
  readonly cpuMs: number
  readonly startCpuMs: number
  /** Without what the program takes for one contact. */
  readonly ownCpuMs: number
  readonly peakBytes: number
}

function summary(contacts: number, runs: readonly FloorRun[], startCpuMs: number): Summary {
  const cpuMs = medianOf(runs, (run) => run.cpuMs)
  return {
    runMs: medianOf(runs, (run) => run.runMs),
    wallMs: medianOf(runs, (run) => run.wallMs),
    cpuMs,
    startCpuMs,
    ownCpuMs: Math.max(cpuMs - startCpuMs, 1),
    peakBytes: medianOf(runs, (run) => run.peakBytes),
  }
}

function row(name: string, contacts: number, one: Summary): readonly string[] {
  return [
    name,
    perSecond(contacts, one.runMs),
    perSecond(contacts, one.wallMs),
    micros(one.cpuMs, contacts),
    micros(one.ownCpuMs, contacts),
    `${seconds(one.startCpuMs)} cpu`,
    megabytes(one.peakBytes),
  ]
}

function ratioRow(floor: Summary, ours: Summary): readonly string[] {
  return [
    'ratio',
    ratio(floor.runMs / ours.runMs),
    ratio(floor.wallMs / ours.wallMs),
    ratio(ours.cpuMs / floor.cpuMs),
    ratio(ours.ownCpuMs / floor.ownCpuMs),
    ratio(ours.startCpuMs / floor.startCpuMs),
    ratio(ours.peakBytes / floor.peakBytes),
  ]
}
