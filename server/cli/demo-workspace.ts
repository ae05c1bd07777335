import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import type { Sandbox } from '../sandbox/start-sandbox.ts'

/** A sandbox workspace that lives on between demos. */
export interface DemoWorkspace {
  readonly sandbox: Sandbox
  /** What happened in it since the last demo; 0 in the first. */
  readonly changes: number
}

/** When the workspace began, and when it was visited since. Milliseconds. Its data follows from these, so nothing else is kept. */
interface DemoHistory {
  readonly bornAt: number
  readonly visits: readonly number[]
}

const changesBetweenVisits = 60

/**
 * Starts the demo's workspace on a free port. Its data is the same as last time, and on each later visit some contacts, conversations and
 * tickets have changed since: every change of every visit is made again, at its own time.
 */
export async function openDemoWorkspace(dataDir: string, now: number): Promise<DemoWorkspace> {
  const file = join(dataDir, 'demo-workspace.json')
  const before = await readHistory(file)
  const history: DemoHistory = before
    ? { ...before, visits: [...before.visits, now] }
    : { bornAt: now, visits: [] }
  const sandbox = await startSandbox({ now: history.bornAt, behaviour: { rateLimitHeaders: true } })
  let changes = 0
  for (const [index, visit] of history.visits.entries()) {
    sandbox.workspace.clock.moveTo(visit)
    changes = sandbox.workspace.change({ random: changesBetweenVisits, seed: index + 1 }).length
  }
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(file, `${JSON.stringify(history)}\n`)
  return { sandbox, changes }
}

async function readHistory(file: string): Promise<DemoHistory | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const found: unknown = JSON.parse(text)
  return isHistory(found) ? found : undefined
}

function isHistory(value: unknown): value is DemoHistory {
  if (typeof value !== 'object' || value === null) return false
  if (!('bornAt' in value) || !('visits' in value) || !Array.isArray(value.visits)) return false
  return typeof value.bornAt === 'number' && value.visits.every((visit) => typeof visit === 'number')
}
