import { join } from 'node:path'
import type { Environment } from '../env.ts'
import { keepEmbedded } from '../postgres/keep-embedded.ts'

export interface OwnDatabase {
  readonly url: string
  stop(): Promise<void>
}

/**
 * The PostgreSQL that Penstock itself lives in: the operator's, or an embedded one in the data directory. Where another process of this
 * machine runs the embedded one already, it is used, and started anew here when that process ends.
 */
export async function openOwnDatabase(env: Environment): Promise<OwnDatabase> {
  if (env.databaseUrl !== undefined) return { url: env.databaseUrl, stop: async () => {} }
  return await keepEmbedded(join(env.dataDir, 'postgres'), { max_connections: '200' })
}
