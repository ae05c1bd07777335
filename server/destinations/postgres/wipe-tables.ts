import { stageName } from '../free-name.ts'
import { codeOf } from './explain-error.ts'
import { textOf } from '../stored-row.ts'
import { hasTable } from './own-tables.ts'
import { quoteTable } from './quote-name.ts'
import type { PostgresSession } from './session.ts'

/** SQLSTATE dependent_objects_still_exist: a view stands on the table. */
const dependents = '2BP01'

/**
 * Removes an object: its table with its rows, its checkpoint and its rejected records, in one transaction. Whoever has it open finds no
 * claim any more. Answers how many rows went.
 */
export async function wipeObject(
  session: PostgresSession,
  namespace: string,
  object: string,
): Promise<number> {
  return await session.transaction(async () => {
    await session.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`penstock ${namespace}`])
    if (!(await hasTable(session, namespace, '_penstock_checkpoints'))) return 0
    const checkpoints = quoteTable(namespace, '_penstock_checkpoints')
    await session.query(`delete from ${quoteTable(namespace, '_penstock_rejected')} where object = $1`, [
      object,
    ])
    const { rows } = await session.query(
      `select table_name from ${checkpoints} where object = $1 for update`,
      [object],
    )
    if (!rows[0]) return 0
    const name = textOf(rows[0], 'table_name')
    await session.query(`drop table if exists ${quoteTable(namespace, stageName(name))}`)
    const removed = (await hasTable(session, namespace, name)) ? await countRows(session, namespace, name) : 0
    if (await dropTable(session, quoteTable(namespace, name)))
      await session.query(`delete from ${checkpoints} where object = $1`, [object])
    else
      await session.query(
        `update ${checkpoints} set checkpoint = null, last_commit = null, fence = fence + 1, updated_at = now() where object = $1`,
        [object],
      )
    return removed
  })
}

/** Removes the reports of runs of which no object is left. */
export async function forgetRuns(session: PostgresSession, namespace: string): Promise<void> {
  if (!(await hasTable(session, namespace, '_penstock_runs'))) return
  await session.query(
    `delete from ${quoteTable(namespace, '_penstock_runs')} as old where not exists (
       select from json_array_elements(old.report::json -> 'objects') as part
       join ${quoteTable(namespace, '_penstock_checkpoints')} as kept on kept.object = part ->> 'object'
       where kept.checkpoint is not null)`,
  )
}

/** False where the table had to stay, empty, because of what stands on it. */
async function dropTable(session: PostgresSession, table: string): Promise<boolean> {
  await session.query('savepoint whole')
  try {
    await session.query(`drop table if exists ${table}`)
    return true
  } catch (error) {
    if (codeOf(error) !== dependents) throw error
    await session.query('rollback to savepoint whole')
    await session.query(`truncate ${table}`)
    return false
  }
}

async function countRows(session: PostgresSession, namespace: string, table: string): Promise<number> {
  const { rows } = await session.query(`select count(*)::text as number from ${quoteTable(namespace, table)}`)
  return Number(rows[0]?.['number'])
}
