import type { Sql } from 'postgres'

/** Something that must not be found, by what it is. */
export type Canaries = Readonly<Record<string, string>>

/** A place that is searched, and all that stands in it. */
export interface Place {
  readonly name: string
  readonly text: string
}

/** Where which canary was found, and in which dress. */
export function findCanaries(canaries: Canaries, places: readonly Place[]): string[] {
  return Object.entries(canaries).flatMap(([what, value]) =>
    Object.entries(dresses(value)).flatMap(([dress, texts]) =>
      places.flatMap(({ name, text }) =>
        texts.some((worn) => text.includes(worn)) ? [`${what} in ${name}, ${dress}`] : [],
      ),
    ),
  )
}

/** A value as it is, and as what is commonly made of it. Base64 of it inside of something longer begins at one of three places. */
function dresses(value: string): Record<string, string[]> {
  const bytes = Buffer.from(value)
  const aligned = [0, 1, 2].map((skip) => {
    const whole = bytes.subarray(skip, skip + Math.floor((bytes.length - skip) / 3) * 3)
    return whole.toString('base64')
  })
  return {
    raw: [value],
    'as JSON': [JSON.stringify(value).slice(1, -1)],
    base64: aligned,
    base64url: aligned.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    hex: [bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
    'URL-encoded': [encodeURIComponent(value)],
  }
}

/** All rows of all tables of a database as text, by table. */
export async function dumpDatabase(sql: Sql, name: string): Promise<Place[]> {
  const tables = await sql<{ schema: string; table: string }[]>`
    select table_schema as schema, table_name as "table" from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`
  return await Promise.all(
    tables.map(async ({ schema, table }) => {
      const [row] = await sql.unsafe(
        `select coalesce(json_agg(t), '[]')::text as text from "${schema}"."${table}" t`,
      )
      return { name: `${name} ${schema}.${table}`, text: String(row?.['text']) }
    }),
  )
}
