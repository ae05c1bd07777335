import { join } from 'node:path'
import type { Environment } from '../env.ts'
import { openLog } from '../log.ts'
import { keepEmbedded } from '../postgres/keep-embedded.ts'

export interface OwnDatabase {
  readonly url: string
  stop(): Promise<void>
}

/**
 * The PostgreSQL that Penstock itself lives in: the operator's, or an embedded one in the data directory. Where another process of this
 * machine runs the embedded one already, it is used; it is started anew here whenever it ends.
 */
export async function openOwnDatabase(env: Environment): Promise<OwnDatabase> {
  if (env.databaseUrl !== undefined) return { url: env.databaseUrl, stop: async () => {} }
  const log = openLog(env.logLevel)
  let isSaid = false
  return await keepEmbedded(join(env.dataDir, 'postgres'), { max_connections: '200' }, (error) => {
    if (error === undefined) log.warn('database.started_anew')
    // It is tried again and again: on a disk that is full, of all things, one line says it.
    else if (!isSaid) log.error('database.not_started', { sentence: sentenceOf(error) })
    isSaid = error !== undefined
  })
}

/** What PostgreSQL itself wrote as it ended, which holds no value of a table: it never got so far as to read one. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'The embedded PostgreSQL cannot be started.'
  const lines = error.message.split('\n')
  return (lines.findLast((line) => /PANIC|could not/.test(line)) ?? lines.at(-1) ?? '').slice(0, 500)
}
