import { quoteName } from './quote-name.ts'
import type { Target } from './target.ts'

/** Merges the rows of `from` (each key once): new and changed ones are written, and the count says how many. */
export function mergeSql(target: Target, from: string): string {
  const { table, columns, key } = target
  const names = columns.map(quoteName)
  const updates = names.map((name) => `${name} = excluded.${name}`)
  return `insert into ${table} as old (${names.join(', ')}, _synced_at, _deleted_at)
    select ${names.join(', ')}, now(), null from ${from}
    on conflict (${key.map(quoteName).join(', ')}) do update
    set ${updates.join(', ')}, _synced_at = now(), _deleted_at = null
    where ${isNews(target, 'excluded')}`
}

/** The same from a generation that is mostly there already: rows that stay as they are get no lock, and so are not written. */
export function mergeGenerationSql(target: Target, from: string): string {
  const { table, columns, key } = target
  const picked = columns.map((column) => `new.${quoteName(column)}`)
  const news = `(select ${picked.join(', ')} from ${from} new left join ${table} old on ${sameKey(key, 'old', 'new')}
    where old._synced_at is null or ${isNews(target, 'new')}) news`
  return mergeSql(target, news)
}

/** Takes away the rows of the parents in `parents` that are not among the rows of `from`. */
export function dropOrphansSql({ table, key, parentKey }: Target, parents: string, from: string): string {
  return `delete from ${table} old using ${parents} parent where ${sameKey(parentKey, 'old', 'parent')}
    and not exists (select from ${from} new where ${sameKey(key, 'old', 'new')})`
}

/** Takes away every row that is not among those of `from`. */
export function dropOthersSql({ table, key }: Target, from: string): string {
  return `delete from ${table} old where not exists (select from ${from} new where ${sameKey(key, 'old', 'new')})`
}

/** Takes the rows with these keys out of a generation. */
export function dropStagedSql(stage: string, key: readonly string[], keys: string): string {
  return `delete from ${stage} old using ${keys} gone where ${sameKey(key, 'old', 'gone')}`
}

/** Marks the rows as deleted whose keys are in `gone`. */
export function markGoneSql({ table, key }: Target, gone: string): string {
  return `update ${table} old set _deleted_at = now(), _synced_at = now() from ${gone} gone
    where ${sameKey(key, 'old', 'gone')} and old._deleted_at is null`
}

/** Of the rows with the same key, the one with the greatest version stays, or else the last that came. */
export function dropRepeatsSql({ key, version }: Target, from: string): string {
  const order = [...(version ? [`${ordered(version, '')} desc nulls last`] : []), '_penstock_order desc']
  return `delete from ${from} where _penstock_order in (select _penstock_order from (select _penstock_order,
    row_number() over (partition by ${key.map(quoteName).join(', ')} order by ${order.join(', ')}) as place from ${from}) placed
    where place > 1)`
}

/** Whether a row is other than what stands there, and no older. */
function isNews({ columns, version }: Target, news: string): string {
  const names = columns.map(quoteName)
  const theirs = names.map((name) => `${news}.${name}`)
  const ours = names.map((name) => `old.${name}`)
  const differs = `(row(${ours.join(', ')}) is distinct from row(${theirs.join(', ')}) or old._deleted_at is not null)`
  if (!version) return differs
  const name = quoteName(version.column)
  // Texts that are not written alike say nothing of which is newer.
  const zone = (side: string) => `substring(${side}.${name} from '[0-9](Z|[+-][0-9][0-9]:?[0-9][0-9])$')`
  const unlike =
    version.type === 'text'
      ? ` or length(${news}.${name}) <> length(old.${name}) or ${zone(news)} is distinct from ${zone('old')}`
      : ''
  const noOlder = `(old.${name} is null or ${news}.${name} is null or ${ordered(version, `${news}.`)} >= ${ordered(version, 'old.')}${unlike})`
  return `${noOlder} and ${differs}`
}

/** Texts are compared by their bytes, whatever order the database's language has. */
function ordered({ column, type }: NonNullable<Target['version']>, prefix: string): string {
  const name = `${prefix}${quoteName(column)}`
  return type === 'text' || type === 'json' ? `${name} collate "C"` : name
}

function sameKey(key: readonly string[], left: string, right: string): string {
  return key.map((column) => `${left}.${quoteName(column)} = ${right}.${quoteName(column)}`).join(' and ')
}
