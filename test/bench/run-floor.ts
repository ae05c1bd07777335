import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import type { SandboxProcess } from '../chaos/sandbox-process.ts'
import { measureProcess } from './measure-process.ts'
import type { Measured } from './measure-process.ts'
import type { Source } from './remembered-source.ts'
import type { Workbench } from './workbench.ts'

export interface FloorRun extends Measured {
  /** Without the start of the process. */
  readonly runMs: number
  readonly records: number
}

/** What suits a program that makes much and keeps little of it. */
const flags = ['--max-semi-space-size=16']

/** Bounds of updated_at, as a search takes them. */
export interface FloorWindow {
  readonly after?: number
  readonly before?: number
}

/** Brings the contacts over with floor.ts. */
export async function runFloor(
  workbench: Workbench,
  source: Source,
  databaseUrl: string,
  windows: readonly FloorWindow[],
): Promise<FloorRun> {
  const { host, port, database, user, password } = readConnectionUrl(databaseUrl)
  const connection = { host, port, database, user, password }
  const hashKey = randomBytes(32).toString('hex')
  const task = { url: source.url, token: 'sandbox-token', windows, hashKey, connection }
  return withRunTime(
    await measureProcess(workbench.cores, [
      ...flags,
      join(import.meta.dirname, 'floor.ts'),
      JSON.stringify(task),
    ]),
  )
}

/** Sends the requests in a file with floor-fetch.ts. */
export async function runFetchFloor(
  workbench: Workbench,
  source: Source,
  requestsFile: string,
): Promise<FloorRun> {
  const program = join(import.meta.dirname, 'floor-fetch.ts')
  return withRunTime(await measureProcess(workbench.cores, [...flags, program, source.url, requestsFile]))
}

function withRunTime(measured: Measured): FloorRun {
  const told: { rows: number; startedAt: number; finishedAt: number } = JSON.parse(measured.out)
  return { ...measured, runMs: told.finishedAt - told.startedAt, records: told.rows }
}

/**
 * Cuts the contacts into windows of about equal size that share no day. A search by date matches whole days of the workspace's time zone,
 * so the bounds stand at the noon of a day: the window up to it ends before that day, and the next begins with it.
 */
export async function planFloorWindows(
  sandbox: SandboxProcess,
  parts: number,
): Promise<readonly FloorWindow[]> {
  const truth = await sandbox.truth('contacts')
  const times = truth.map((contact) => Number(contact['updated_at'])).toSorted((a, b) => a - b)
  const bounds = Array.from({ length: parts - 1 }, (_, index) =>
    noonOf(times[Math.floor((times.length * (index + 1)) / parts)] ?? 0),
  )
  const distinct = [...new Set(bounds)]
  return [...distinct, undefined].map((before, index) => {
    const start = distinct[index - 1]
    return {
      ...(start === undefined ? {} : { after: start - day }),
      ...(before === undefined ? {} : { before }),
    }
  })
}

const day = 86_400

/** Midday in America/Los_Angeles, the workspace's zone, give or take an hour. */
function noonOf(seconds: number): number {
  return Math.floor((seconds - 8 * 3600) / day) * day + 20 * 3600
}
