import { megabytes, ratio } from '../format-figures.ts'
import { runPenstock } from '../run-penstock.ts'
import type { Finding, Scenario, ScenarioSize } from '../scenario.ts'
import type { Workbench } from '../workbench.ts'
import { contactsObject } from './contacts.ts'

/** Whether memory stays flat while the number of records grows. Each size is measured once: a peak varies little. */
export const memory: Scenario = {
  name: 'memory',
  title: 'Peak memory, by the number of contacts',
  measure,
}

async function measure(workbench: Workbench, size: ScenarioSize): Promise<Finding> {
  const counts = [30_000, 200_000, ...(size.long ? [1_000_000] : [])].map((count) => size.count(count))
  const rows: string[][] = []
  const peaks: Peaks[] = []
  for (const contacts of counts) {
    const peak = await measurePeaks(workbench, contacts)
    peaks.push(peak)
    rows.push([contacts.toLocaleString('en-US'), megabytes(peak.postgres), megabytes(peak.duckdb)])
  }
  const growth = (type: 'postgres' | 'duckdb') => (peaks.at(-1)?.[type] ?? 0) / (peaks[0]?.[type] ?? 1)
  const most = (type: 'postgres' | 'duckdb') => Math.max(...peaks.map((peak) => peak[type]))
  return {
    columns: ['contacts', 'into PostgreSQL', 'into DuckDB'],
    rows: [...rows, ['growth', `${ratio(growth('postgres'))} ×`, `${ratio(growth('duckdb'))} ×`]],
    goals: [
      ...(['postgres', 'duckdb'] as const).map((type) => ({
        says: `never more than 300 MB into ${type === 'postgres' ? 'PostgreSQL' : 'DuckDB'} (${megabytes(most(type))})`,
        met: most(type) <= 300e6,
      })),
      {
        says: `PostgreSQL: the most takes at most a quarter more than the least (${ratio(growth('postgres'))})`,
        met: growth('postgres') <= 1.25,
      },
      {
        says: `DuckDB: the most takes at most half more than the least (${ratio(growth('duckdb'))})`,
        met: growth('duckdb') <= 1.5,
      },
    ],
    figures: Object.fromEntries(
      peaks.flatMap(({ postgres, duckdb }, index) => [
        [`postgres_${counts[index]}_peak_bytes`, postgres],
        [`duckdb_${counts[index]}_peak_bytes`, duckdb],
      ]),
    ),
  }
}

interface Peaks {
  readonly postgres: number
  readonly duckdb: number
}

async function measurePeaks(workbench: Workbench, contacts: number): Promise<Peaks> {
  await using source = await workbench.sandbox({ sizes: { contacts } })
  await using database = await workbench.database()
  const objects = contactsObject
  const postgres = await runPenstock(workbench, { source, objects, databaseUrl: database.url })
  const duckdb = await runPenstock(workbench, { source, objects })
  return { postgres: postgres.peakBytes, duckdb: duckdb.peakBytes }
}
