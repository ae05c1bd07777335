import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import { measureProcess } from './measure-process.ts'
import type { Measured } from './measure-process.ts'
import type { Source } from './remembered-source.ts'
import type { Workbench } from './workbench.ts'

export interface PenstockRun extends Measured {
  readonly report: RunReport
  /** From the report's start to its end: without the start of the process, reading the document and opening the destination. */
  readonly runMs: number
  /** Records extracted, of all objects. */
  readonly records: number
}

export interface PenstockTask {
  readonly source: Source
  readonly objects: Readonly<Record<string, object>>
  /** A database's address; absent is a new DuckDB file. */
  readonly databaseUrl?: string
}

const root = join(import.meta.dirname, '../..')
const main = join(root, 'server/cli/main.js')

/** `penstock run FILE --json` as a person would start it, measured. Rejects where it did not succeed. */
export async function runPenstock(workbench: Workbench, task: PenstockTask): Promise<PenstockRun> {
  const { source, objects, databaseUrl } = task
  const stem = join(workbench.folder, randomUUID())
  const [file, warehouse] = [`${stem}.json`, `${stem}.duckdb`]
  const destination =
    databaseUrl === undefined
      ? { type: 'duckdb', connection: { path: warehouse } }
      : { type: 'postgres', connection: { url: { env: 'BENCH_DATABASE_URL' } } }
  const connection = { region: 'us', accessToken: { env: 'BENCH_TOKEN' }, apiBaseUrl: source.url }
  const pipeline = {
    name: 'Bench',
    source: { connector: 'intercom', connection },
    objects,
    destination: { ...destination, schema: 'intercom' },
  }
  await writeFile(file, JSON.stringify(pipeline))
  try {
    const { flags, variables } = start()
    const measured = await measureProcess(workbench.cores, [...flags, main, 'run', file, '--json'], {
      ...variables,
      PENSTOCK_ALLOWED_HOSTS: source.host,
      PENSTOCK_DATA_DIR: join(workbench.folder, 'data'),
      BENCH_TOKEN: 'sandbox-token',
      ...(databaseUrl === undefined ? {} : { BENCH_DATABASE_URL: databaseUrl }),
    })
    const report: RunReport = JSON.parse(measured.out)
    return {
      ...measured,
      report,
      runMs: Date.parse(report.finishedAt) - Date.parse(report.startedAt),
      records: report.objects.reduce((sum, { extracted }) => sum + extracted, 0),
    }
  } finally {
    await Promise.all([file, warehouse, `${warehouse}.wal`].map((path) => rm(path, { force: true })))
  }
}

/** The flags and variables that every script of package.json starts Node with. */
function start(): {
  readonly flags: readonly string[]
  readonly variables: Readonly<Record<string, string>>
} {
  const words = readFileSync(join(root, 'server/lean-node.sh'), 'utf8').split(/\s/)
  const set = words.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('='))
  return {
    flags: words.filter((word) => word.startsWith('--')),
    variables: Object.fromEntries(set),
  }
}
