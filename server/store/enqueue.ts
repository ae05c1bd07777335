import { sql } from './drizzle.ts'
import { fromDrizzle } from 'pg-boss'
import type { PgBoss, SendOptions } from 'pg-boss'
import type { Tx } from './database.ts'

/**
 * Puts a job in line inside a transaction: it exists when the transaction does. The queue's tables are the owner's, so the role that
 * serves people is laid down for this one statement. Answers the job's id, or null where one of the same `singletonKey` waits or runs.
 */
export async function enqueueInside(
  tx: Tx,
  boss: PgBoss,
  job: { readonly queue: string; readonly data: object; readonly options?: SendOptions },
): Promise<string | null> {
  const [before] = await tx.execute<{ role: string }>(
    sql`select current_setting('role') as role, set_config('role', 'none', true)`,
  )
  const id = await boss.send(job.queue, job.data, { ...job.options, db: fromDrizzle(tx, sql) })
  if (before && before.role !== 'none') await tx.execute(sql`select set_config('role', ${before.role}, true)`)
  return id
}
