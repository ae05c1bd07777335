import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { hash } from 'node:crypto'
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DuckDBInstance } from '@duckdb/node-api'
import { DuckDBDestination } from '@penstock/server/destinations/duckdb.ts'
import { DatabaseFile } from '@penstock/server/destinations/duckdb/database-file.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { destinationContract } from '../../contracts/destination.ts'
import { commitOf, contacts, contactTag } from '../../contracts/destination/rows-of-tests.ts'
import { expectFailure } from '../../contracts/destination/test-destination.ts'

let folder = ''
let reader: DatabaseFile | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-duckdb-'))
  reader = await DatabaseFile.acquire(join(folder, 'warehouse.duckdb'))
})
afterAll(async () => {
  await reader?.release()
  await rm(folder, { recursive: true, force: true })
})

/** Only this process may have the file open, so a reader is another user of the same opening. */
async function read(query: string): Promise<readonly Record<string, unknown>[]> {
  if (!reader) throw new Error('The file is opened first.')
  return await reader.use(async (connection) => {
    await connection.run('use warehouse')
    return (await connection.runAndReadAll(query)).getRowObjectsJS()
  })
}

destinationContract(
  'DuckDB',
  async (namespace) => new DuckDBDestination(join(folder, 'warehouse.duckdb'), namespace),
  read,
)

describe('DuckDB: a file that belongs to one process', () => {
  const claim = { run: 'run_1', source: 'workspace_1' }

  test('after a wipe what stays is as it was, and once nothing stays no value is in the file any more', async () => {
    const path = join(folder, 'wiped.duckdb')
    const destination = new DuckDBDestination(path, 'landed')
    const tables = await destination.open([contacts, contactTag], claim)
    // Compressed texts cannot be looked for, so nothing is compressed here.
    const file = await DatabaseFile.acquire(path)
    const uncompressed = "set force_compression = 'uncompressed'"
    await file.use(async (connection) => connection.run(uncompressed))
    const text = (id: string) => hash('sha512', id, 'base64')
    const traces = async (values: readonly string[]) => {
      const bytes = await readFile(path)
      return values.filter((value) => bytes.includes(value.slice(20, 60))).length
    }
    const [people, tags]: [string[], string[]] = [[], []]
    for (let round = 0; round < 5; round += 1) {
      const ids = Array.from({ length: 400 }, (_, index) => `${round} ${index * 7919}`)
      await tables.commit(
        commitOf(
          'contacts',
          ids.map((id) => [id, text(`person ${id}`), 1]),
        ),
      )
      const rows = ids.map((id) => [id, text(`tag ${id}`), 1])
      await tables.commit(commitOf('contact_tag', rows, { parents: ids.map((id) => [id]) }))
      people.push(...ids.map((id) => text(`person ${id}`)))
      tags.push(...ids.map((id) => text(`tag ${id}`)))
    }
    await tables.release()
    await file.use(async (connection) => connection.run('force checkpoint warehouse'))
    expect([await traces(people), await traces(tags)]).toEqual([2000, 2000])
    expect(await destination.wipe(['contacts'])).toEqual(new Map([['contacts', 2000]]))
    expect(await destination.countRows(['contact_tag'])).toEqual(
      new Map([['contact_tag', { rows: 2000, deleted: 0 }]]),
    )
    await destination.wipe(['contact_tag'])
    await file.release()
    await destination.close()
    expect([await traces(people), await traces(tags)]).toEqual([0, 0])
  })

  test('a process that is killed while it commits loses nothing that it was told is done', async () => {
    const path = join(folder, 'killed.duckdb')
    for (let round = 0; round < 3; round += 1) {
      const { child, lines } = writer(path)
      const before = await lines.next()
      while (Number((await lines.next()).value) < Number(before.value) + 5);
      child.kill('SIGKILL')
      let told = 0
      for await (const line of lines) told = Number(line)
      // Also for those who open the file as any DuckDB file.
      const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
      const anybody = await instance.connect()
      const seen = await anybody.runAndReadAll('select count(*)::integer as n from landed.contacts')
      expect(Number(seen.getRowObjectsJS()[0]?.['n'])).toBeGreaterThanOrEqual(told * 10)
      anybody.closeSync()
      instance.closeSync()
      const destination = new DuckDBDestination(path, 'landed')
      const checkpoint = (await destination.describe(['contacts'])).get('contacts')?.checkpoint?.through ?? 0
      expect(checkpoint).toBeGreaterThanOrEqual(told)
      const file = await DatabaseFile.acquire(path)
      const counted = await file.use((connection) =>
        connection.runAndReadAll(
          'select count(*)::integer as n, count(distinct id)::integer as ids from warehouse.landed.contacts',
        ),
      )
      expect(counted.getRowObjectsJS()).toEqual([{ n: checkpoint * 10, ids: checkpoint * 10 }])
      await file.release()
      await destination.close()
    }
  })

  test('a file that another process holds is named with that process', async () => {
    const path = join(folder, 'held.duckdb')
    const { child, lines } = writer(path)
    await lines.next()
    const destination = new DuckDBDestination(path, 'landed')
    const failure = await expectFailure(destination.open([contacts], claim), 'destination_unavailable')
    expect(failure.message).toContain(path)
    expect(failure.message).toContain(String(child.pid))
    const findings = await destination.check()
    expect(findings.at(-1)).toMatchObject({ ok: false, what: 'file lock' })
    expect(findings.at(-1)?.message).toContain(path)
    child.kill('SIGKILL')
    await new Promise((done) => child.on('close', done))
    const tables = await destination.open([contacts], claim)
    await tables.release()
    await destination.close()
  })

  test('a check of a file that a run makes meanwhile leaves that file alone', async () => {
    const path = join(folder, 'checked.duckdb')
    const [checked, running] = [new DuckDBDestination(path, 'landed'), new DuckDBDestination(path, 'landed')]
    const checking = checked.check()
    const tables = await running.open([contacts], claim)
    expect((await checking).every(({ ok }) => ok)).toBe(true)
    await tables.commit(commitOf('contacts', [['id1', 'Ada', 1]]))
    await tables.release()
    await running.close()
    const later = new DuckDBDestination(path, 'landed')
    expect((await later.countRows(['contacts'])).get('contacts')?.rows).toBe(1)
    await later.close()
    const unused = new DuckDBDestination(join(folder, 'unused.duckdb'), 'landed')
    expect((await unused.check()).every(({ ok }) => ok)).toBe(true)
    await expect(access(join(folder, 'unused.duckdb'))).rejects.toThrow('ENOENT')
  })

  test('groups of tables that commit at the same time all land', async () => {
    const destination = new DuckDBDestination(join(folder, 'together.duckdb'), 'landed')
    const objects = ['one', 'two', 'three']
    const landed = await Promise.all(
      objects.map(async (object) => {
        const tables = await destination.open([{ ...contacts, object }], claim)
        let loaded = 0
        for (let number = 0; number < 5; number += 1) {
          loaded +=
            (await tables.commit(commitOf(object, [[`id${number}`, object, 1]]))).get(object)?.loaded ?? 0
        }
        await tables.release()
        return loaded
      }),
    )
    expect(landed).toEqual([5, 5, 5])
    await destination.close()
  })

  test('nothing beyond the file can be read or loaded through it', async () => {
    const file = await DatabaseFile.acquire(join(folder, 'jailed.duckdb'))
    const attempts = [
      `select * from read_text('/etc/hostname')`,
      `attach '${folder}/other.duckdb'`,
      `copy (select 1) to '${folder}/out.csv'`,
      'install httpfs',
      'load httpfs',
      'set enable_external_access = true',
    ]
    for (const text of attempts) {
      await expect(file.use((connection) => connection.run(text))).rejects.toMatchObject({
        name: 'RunFailure',
      })
    }
    await file.release()
  })

  test('a file with a log longer than the memory is opened, also where a killed process left more behind', async () => {
    const path = join(folder, 'long-log.duckdb')
    const killed = await DuckDBInstance.create(path)
    const connection = await killed.connect()
    await connection.run(`set wal_autocheckpoint = '1GB'; pragma disable_checkpoint_on_shutdown`)
    await connection.run(
      `create table long as select i, repeat('x', 100000) || i as text from range(900) many(i)`,
    )
    connection.closeSync()
    killed.closeSync()
    await mkdir(`${path}.tmp`)
    await writeFile(join(`${path}.tmp`, 'left'), '')
    for (let times = 0; times < 2; times += 1) {
      const file = await DatabaseFile.acquire(path)
      const { rows } = await file.use(async (one) => {
        const answer = await one.runAndReadAll('select count(*) from warehouse.long')
        return { rows: answer.getRows() }
      })
      await file.release()
      expect(rows).toEqual([[900n]])
    }
  })

  test('what takes more memory than DuckDB has at first is done with more', async () => {
    const file = await DatabaseFile.acquire(join(folder, 'roomy.duckdb'))
    const length = await file.transaction(async (connection) => {
      await connection.run(`create or replace table warehouse.roomy as select 1 as one`)
      const answer = await connection.runAndReadAll(
        `select length(string_agg(repeat('x', 1000000), '')) from range(90)`,
      )
      return answer.getRows()
    })
    await file.release()
    expect(length).toEqual([[90_000_000n]])
  })

  test('a path that cannot hold a file is found by the check, with a remedy', async () => {
    await writeFile(join(folder, 'plain.txt'), 'no folder')
    const below = await new DuckDBDestination(join(folder, 'plain.txt', 'x.duckdb'), 'landed').check()
    expect(below.at(-1)).toMatchObject({ ok: false })
    // A folder that is there, and in which none can be made.
    const beyond = await new DuckDBDestination('/proc/none/x.duckdb', 'landed').check()
    expect(beyond.at(-1)).toMatchObject({ ok: false })
    const text = await new DuckDBDestination(join(folder, 'plain.txt'), 'landed').check()
    expect(text.at(-1)).toMatchObject({ ok: false, what: 'file lock' })
    expect(text.at(-1)?.message).toContain('Choose another path')
  })
})

/** Another process that commits ten rows at a time, and says which commit is done. */
function writer(path: string): { child: ChildProcess; lines: AsyncIterableIterator<string> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'duckdb-writer.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}
