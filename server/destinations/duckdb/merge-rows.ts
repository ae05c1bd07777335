import type { DuckDBConnection } from '@duckdb/node-api'
import type { KnownKeys } from './known-keys.ts'
import { quoteName } from './quote-name.ts'
import { readNumber, runChange } from './read-rows.ts'
import type { Target } from './target.ts'

/** Which new row meets which old one, by their row ids. */
const matches = 'temp.penstock_matches'

/**
 * Merges the rows of `from` (each key once), and uses them up. Answers how many were new or changed. Keys are compared first, so that
 * of a wide table only the key's columns are read; changed rows are taken away and written anew, which DuckDB does faster than it updates.
 */
export async function mergeRows(
  connection: DuckDBConnection,
  target: Target,
  from: string,
  known: KnownKeys,
): Promise<number> {
  const { table } = target
  if ((await known.mayMeet(connection, target, from)) && (await findMatches(connection, target, from))) {
    await dropSameRows(connection, target, from)
    await keepOtherColumns(connection, target, from)
    await connection.run(
      `delete from ${table} where rowid in (select old_row from ${matches} where new_row in (select rowid from ${from}))`,
    )
  }
  const names = [...target.sent, ...target.kept].map(quoteName).join(', ')
  return await runChange(
    connection,
    `insert into ${table} (${names}, _synced_at) select ${names}, now() from ${from}`,
  )
}

/** Whether any row of `from` meets one of the table; which ones is in `matches`. */
async function findMatches(
  connection: DuckDBConnection,
  { table, key }: Target,
  from: string,
): Promise<boolean> {
  await connection.run(
    `create or replace temp table penstock_matches as select old.rowid as old_row, new.rowid as new_row
     from ${table} old join ${from} new on ${sameKey(key, 'old', 'new')}`,
  )
  return (await readNumber(connection, `select count(*) from ${matches}`)) > 0
}

/**
 * Merges a whole generation (each key once), in memory that does not grow with it: rows are compared by two hashes of 64 bits, read in one pass,
 * and a join of keys and hashes can spill to disk, where one of wide rows could not.
 */
export async function mergeGeneration(
  connection: DuckDBConnection,
  target: Target,
  from: string,
): Promise<number> {
  const { table, key, sent, kept } = target
  await connection.run(
    `create or replace temp table penstock_matches as
     select old.rowid as old_row, new.rowid as new_row, not (${isNewsByHash(target)}) as same
     from (${hashed(target, table, '_deleted_at is not null')}) old
     join (${hashed(target, from, 'false')}) new on ${sameKey(key, 'old', 'new')}`,
  )
  const ours = sent.map(quoteName)
  const others = kept.map(quoteName)
  const oldRows = others.length > 0 ? `left join ${table} old on old.rowid = met.old_row` : ''
  const values = [...ours.map((name) => `new.${name}`), ...others.map((name) => `old.${name}`), 'now()']
  const loaded = await runChange(
    connection,
    `insert into ${table} (${[...ours, ...others, '_synced_at'].join(', ')}) select ${values.join(', ')} from ${from} new
     left join ${matches} met on met.new_row = new.rowid ${oldRows} where met.same is not true`,
  )
  await connection.run(`delete from ${table} where rowid in (select old_row from ${matches} where not same)`)
  return loaded
}

function hashed({ key, sent, version }: Target, from: string, gone: string): string {
  const names = sent.map(quoteName)
  const picked = [...new Set([...key, ...(version === undefined ? [] : [version.column])])].map(quoteName)
  return `select rowid, ${picked.join(', ')}, ${gone} as _penstock_gone, hash(${names.join(', ')}) as _penstock_hash_1,
    hash(${names.toReversed().join(', ')}, 1) as _penstock_hash_2 from ${from}`
}

function isNewsByHash({ version }: Target): string {
  const differs =
    '(old._penstock_hash_1 <> new._penstock_hash_1 or old._penstock_hash_2 <> new._penstock_hash_2 or old._penstock_gone)'
  return version === undefined ? differs : `${noOlder(version)} and ${differs}`
}

/** Takes away the rows of the parents in `parents` that are not among the rows of `from`. */
export async function dropOrphans(
  connection: DuckDBConnection,
  { table, key, parentKey }: Target,
  parents: string,
  from: string,
): Promise<number> {
  return await runChange(
    connection,
    `delete from ${table} where rowid in (select old.rowid from ${table} old
       semi join ${parents} parent on ${sameKey(parentKey, 'old', 'parent')} anti join ${from} new on ${sameKey(key, 'old', 'new')})`,
  )
}

/** Takes away every row that is not among those of `from`. */
export async function dropOthers(
  connection: DuckDBConnection,
  { table, key }: Target,
  from: string,
): Promise<number> {
  return await runChange(
    connection,
    `delete from ${table} where rowid in (select old.rowid from ${table} old anti join ${from} new on ${sameKey(key, 'old', 'new')})`,
  )
}

/** Takes the rows with these keys out of a generation. */
export async function dropStaged(
  connection: DuckDBConnection,
  stage: string,
  key: readonly string[],
  keys: string,
): Promise<number> {
  return await runChange(
    connection,
    `delete from ${stage} where rowid in (select old.rowid from ${stage} old semi join ${keys} gone on ${sameKey(key, 'old', 'gone')})`,
  )
}

/** Marks the rows as deleted whose keys are in `gone`. */
export async function markGone(
  connection: DuckDBConnection,
  { table, key }: Target,
  gone: string,
): Promise<number> {
  return await runChange(
    connection,
    `update ${table} set _deleted_at = now(), _synced_at = now() where _deleted_at is null
     and rowid in (select old.rowid from ${table} old semi join ${gone} gone on ${sameKey(key, 'old', 'gone')})`,
  )
}

/** Of the rows with the same key, the one with the greatest version stays, or else the last that came. */
export async function dropRepeats(
  connection: DuckDBConnection,
  { key, version }: Target,
  from: string,
): Promise<number> {
  const order = [
    ...(version === undefined ? [] : [`${quoteName(version.column)} desc nulls last`]),
    'rowid desc',
  ]
  return await runChange(
    connection,
    `delete from ${from} where rowid in (select row_id from (select rowid as row_id,
     row_number() over (partition by ${key.map(quoteName).join(', ')} order by ${order.join(', ')}) as place from ${from}) where place > 1)`,
  )
}

/** Rows that are as they stand, or older, need no writing. */
async function dropSameRows(connection: DuckDBConnection, target: Target, from: string): Promise<void> {
  const { table, sent, version } = target
  const differs = sent.map((column) => `old.${quoteName(column)} is distinct from new.${quoteName(column)}`)
  const isNews = [`(${differs.join(' or ')} or old._deleted_at is not null)`]
  if (version !== undefined) isNews.push(noOlder(version))
  await connection.run(
    `delete from ${from} where rowid in (select met.new_row from ${matches} met
     join ${table} old on old.rowid = met.old_row join ${from} new on new.rowid = met.new_row where not (${isNews.join(' and ')}))`,
  )
}

async function keepOtherColumns(
  connection: DuckDBConnection,
  { table, kept }: Target,
  from: string,
): Promise<void> {
  if (kept.length === 0) return
  const updates = kept.map((column) => `${quoteName(column)} = other.${quoteName(column)}`)
  await connection.run(
    `update ${from} as new set ${updates.join(', ')} from (select met.new_row, old.* from ${matches} met
     join ${table} old on old.rowid = met.old_row) other where new.rowid = other.new_row`,
  )
}

/** Texts that are not written alike say nothing of which is newer. */
function noOlder({ column, type }: NonNullable<Target['version']>): string {
  const name = quoteName(column)
  const zone = (side: string) => `regexp_extract(${side}.${name}, '[0-9](Z|[+-][0-9][0-9]:?[0-9][0-9])$', 1)`
  const unlike =
    type === 'text'
      ? ` or length(new.${name}) <> length(old.${name}) or ${zone('new')} <> ${zone('old')}`
      : ''
  return `(old.${name} is null or new.${name} is null or new.${name} >= old.${name}${unlike})`
}

function sameKey(key: readonly string[], left: string, right: string): string {
  return key.map((column) => `${left}.${quoteName(column)} = ${right}.${quoteName(column)}`).join(' and ')
}
