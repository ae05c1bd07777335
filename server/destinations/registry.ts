import type { Destination } from '../engine/destination.ts'
import { RunFailure } from '../engine/failures.ts'
import { growYoungHeap } from '../grow-young-heap.ts'

export interface DestinationSetting {
  readonly title: string
  /** Sealed at rest, and only ever named in a pipeline document. */
  readonly secret?: boolean
  readonly optional?: boolean
}

/** One kind of destination that a pipeline can name. */
export interface DestinationType {
  readonly title: string
  readonly settings: Readonly<Record<string, DestinationSetting>>
  /** Rejects with `destination_refused` where a setting is missing or wrong. `namespace` is the schema that the tables land in. */
  open(settings: ReadonlyMap<string, string>, namespace: string): Promise<Destination>
}

/** By the name that stands in `destination.type`. A driver is loaded when it is first needed: DuckDB's takes 50 MB. */
export const destinationTypes: ReadonlyMap<string, DestinationType> = new Map<string, DestinationType>([
  [
    'duckdb',
    {
      title: 'DuckDB file',
      settings: { path: { title: 'Path of the file' } },
      open: async (settings, namespace) => {
        const { DuckDBDestination } = await import('./duckdb.ts')
        return new DuckDBDestination(setting(settings, 'path'), namespace)
      },
    },
  ],
  [
    'postgres',
    {
      title: 'PostgreSQL',
      settings: { url: { title: 'Address, as postgres://user:password@host:5432/database', secret: true } },
      open: async (settings, namespace) => {
        const { PostgresDestination } = await import('./postgres.ts')
        // Rows go to another process, so there is room.
        growYoungHeap()
        return new PostgresDestination(setting(settings, 'url'), namespace)
      },
    },
  ],
])

function setting(settings: ReadonlyMap<string, string>, name: string): string {
  const value = settings.get(name)
  if (value !== undefined && value !== '') return value
  throw new RunFailure('destination_refused', `The destination’s setting ${name} is missing.`, {
    advice: 'Complete the destination’s connection.',
  })
}
