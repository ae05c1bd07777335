import { changeSource } from './change-source.ts'
import { checkClaims } from './check-claims.ts'
import { checkReport } from './check-report.ts'
import { openSeed } from './chaos-seed.ts'
import type { ChaosSeed, SeedPlan } from './chaos-seed.ts'
import { compareWarehouse } from './compare-warehouse.ts'
import { calmSwitches, drawTrouble } from './draw-traps.ts'
import { makeTrouble } from './make-trouble.ts'
import type { Trouble } from './make-trouble.ts'
import type { Warehouse } from './warehouse.ts'

export interface SeedInput extends Pick<SeedPlan, 'seed' | 'say' | 'keep' | 'workspace'> {
  readonly destination: Warehouse['type']
  readonly kills: number
}

/** In calm weather so many runs are enough for one to succeed; the first may wait for a scroll that a killed runner left open. */
const mostCalmRuns = 3

/**
 * Rounds of faults, changes and kills, and then calm, until a run succeeds. Answers everything that was not as promised, after a kill or
 * at the end; empty where all promises were kept.
 */
export async function runSeed({ destination, kills, ...plan }: SeedInput): Promise<readonly string[]> {
  const chaos = await openSeed({ ...plan, type: destination })
  try {
    let usualMs = 6000
    for (let round = 1; round <= kills; round++) {
      const found = await playRound(chaos, round, usualMs)
      if (found.length > 0) return found
      usualMs = chaos.random.pick([1500, 3000, 6000, 12_000])
    }
    return await calmDown(chaos)
  } finally {
    await chaos.close()
  }
}

async function playRound(chaos: ChaosSeed, round: number, usualMs: number): Promise<readonly string[]> {
  const { random, sandbox, history, warehouse, say, watch } = chaos
  const changed = round === 1 ? 'nothing changes' : await changeSource(sandbox, random)
  const switches = drawTrouble(random)
  await history.look()
  await sandbox.behave(switches)
  say(`  round ${round}: ${changed}; ${JSON.stringify(switches)}`)
  const said = await makeTrouble(chaos, random.pick(warehouse.crash ? withDatabase : withFile), usualMs)
  await sandbox.behave({ changeEvery: 0, cursors: 'right' })
  await history.look()
  return [...said, ...watch.problems, ...(await checkClaims(warehouse, history))].map(
    (one) => `round ${round}: ${one}`,
  )
}

async function calmDown(chaos: ChaosSeed): Promise<readonly string[]> {
  const { sandbox, history, warehouse, say, watch, random } = chaos
  const changed = await changeSource(sandbox, random)
  await sandbox.behave(calmSwitches)
  await sandbox.advance(10)
  await history.look()
  for (let run = 1; run <= mostCalmRuns; run++) {
    const runner = chaos.run()
    const end = warehouse.type === 'postgres' ? await watch.during(runner.ended) : await runner.ended
    const { report, ms, err } = end
    say(
      `  calm run ${run}: ${changed}; ${report?.status ?? err} after ${ms} ms, ${report?.requests} requests`,
    )
    const said = [...checkReport(end), ...watch.problems, ...(await checkClaims(warehouse, history))]
    if (said.length > 0) return said
    if (report?.status === 'succeeded') return await compareWarehouse(warehouse, sandbox, history)
    if (report?.error) say(`    ${report.error.code}: ${report.error.message}`)
    for (const { object, error } of report?.objects ?? [])
      if (error && error.code !== report?.error?.code) say(`    ${object}: ${error.code}: ${error.message}`)
  }
  return [`no run succeeded out of ${mostCalmRuns}, although nothing was wrong any more`]
}

const withFile: readonly [Trouble, ...Trouble[]] = ['kill', 'kill', 'kill', 'kill', 'kill', 'fence', 'let_be']
const withDatabase: readonly [Trouble, ...Trouble[]] = [
  'kill',
  'kill',
  'kill',
  'kill',
  'crash_database',
  'crash_both',
  'fence',
  'let_be',
]
