import type { Sql } from 'postgres'

/** A row that was written while a test looked. */
export interface Write {
  readonly table: string
  readonly op: string
  readonly workspace: string | null
  /** Of an audit row: done or denied. */
  readonly outcome: string | null
}

export interface WriteLog {
  /** What was written since the last call of this. */
  take(): Promise<readonly Write[]>
}

/** Not ours to judge: counters of attempts, when a key was used last, and this log. */
const quiet = ['rate_limit', 'matrix_writes', 'migrations']

/** Has PostgreSQL itself note every row that anyone adds, changes or removes from now on, in whatever role. */
export async function watchWrites(sql: Sql): Promise<WriteLog> {
  await sql`create table matrix_writes (seq serial, "table" text, op text, workspace text, outcome text)`
  await sql.unsafe(`create function note_write() returns trigger language plpgsql security definer as $$
    declare row jsonb := to_jsonb(coalesce(new, old));
    begin
      if tg_table_name = 'apikey' and tg_op = 'UPDATE' then return null; end if;
      insert into matrix_writes ("table", op, workspace, outcome)
      values (tg_table_name, tg_op, coalesce(row ->> 'workspace_id', row ->> 'organization_id'), row ->> 'outcome');
      return null;
    end $$`)
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  for (const { name } of tables.filter((table) => !quiet.includes(table.name)))
    await sql.unsafe(
      `create trigger note_write after insert or update or delete on "${name}" for each row execute function note_write()`,
    )
  return {
    take: async () => {
      const rows = await sql<Write[]>`delete from matrix_writes returning "table", op, workspace, outcome`
      return [...rows]
    },
  }
}
