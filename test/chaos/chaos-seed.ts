import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SandboxOptions } from '@penstock/server/sandbox/sandbox-options.ts'
import { seededRandom } from '../fakes/seeded-random.ts'
import type { SeededRandom } from '../fakes/seeded-random.ts'
import { allObjects } from '../engine/intercom-workspace.ts'
import { drawWorkspace } from './draw-traps.ts'
import { DuckDBWarehouse } from './duckdb-warehouse.ts'
import { PostgresWarehouse } from './postgres-warehouse.ts'
import { RunnerProcess } from './runner-process.ts'
import { SandboxProcess } from './sandbox-process.ts'
import { TableWatch } from './watch-tables.ts'
import { TruthHistory } from './truth-history.ts'
import type { Warehouse } from './warehouse.ts'

/** All that belongs to one seed: a workspace, a warehouse, a pipeline, and what was found out. */
export interface ChaosSeed {
  readonly seed: number
  readonly random: SeededRandom
  readonly sandbox: SandboxProcess
  readonly warehouse: Warehouse
  readonly history: TruthHistory
  readonly watch: TableWatch
  readonly say: (line: string) => void
  /** Starts a runner of the seed's pipeline. */
  run(): RunnerProcess
  close(): Promise<void>
}

export interface SeedPlan {
  readonly seed: number
  readonly type: Warehouse['type']
  readonly say: (line: string) => void
  /** Leaves the warehouse’s files behind, to look at. */
  readonly keep?: boolean
  /** Absent: all. */
  readonly objects?: readonly string[]
  /** Absent: as the seed draws it. */
  readonly workspace?: SandboxOptions
}

export async function openSeed(plan: SeedPlan): Promise<ChaosSeed> {
  const { seed, type, say } = plan
  const random = seededRandom(seed * 7919 + (type === 'duckdb' ? 1 : 0))
  const folder = await mkdtemp(join(tmpdir(), 'penstock-chaos-'))
  if (plan.keep === true) say(`  in ${folder}`)
  const sandbox = await SandboxProcess.start(plan.workspace ?? drawWorkspace(random, seed))
  const warehouse =
    type === 'duckdb'
      ? new DuckDBWarehouse(join(folder, 'warehouse.duckdb'))
      : await PostgresWarehouse.start(folder)
  const history = await TruthHistory.begin(sandbox)
  const file = await writePipeline(folder, { sandbox, warehouse, objects: plan.objects ?? allObjects })
  const env = {
    ...warehouse.env,
    PENSTOCK_ALLOWED_HOSTS: sandbox.host,
    PENSTOCK_DATA_DIR: join(folder, 'data'),
    CHAOS_TOKEN: 'sandbox-token',
    NO_COLOR: '1',
  }
  const runners: RunnerProcess[] = []
  return {
    seed,
    random,
    sandbox,
    warehouse,
    history,
    watch: new TableWatch(warehouse, history),
    say,
    run: () => {
      const runner = new RunnerProcess(file, env)
      runners.push(runner)
      return runner
    },
    close: async () => {
      for (const runner of runners) runner.signal('SIGKILL')
      await Promise.all(runners.map((runner) => runner.ended))
      await warehouse.close()
      await sandbox.stop()
      if (plan.keep !== true) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function writePipeline(
  folder: string,
  {
    sandbox,
    warehouse,
    objects,
  }: Pick<ChaosSeed, 'sandbox' | 'warehouse'> & { readonly objects: readonly string[] },
): Promise<string> {
  await mkdir(join(folder, 'data'), { recursive: true })
  const file = join(folder, 'pipeline.yaml')
  const document = {
    name: 'Chaos',
    source: {
      connector: 'intercom',
      connection: { region: 'us', accessToken: { env: 'CHAOS_TOKEN' }, apiBaseUrl: sandbox.url },
    },
    objects: Object.fromEntries(objects.map((object) => [object, {}])),
    destination: { type: warehouse.type, connection: warehouse.connection, schema: 'intercom' },
  }
  await writeFile(file, JSON.stringify(document))
  return file
}
