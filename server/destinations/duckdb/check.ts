import { constants } from 'node:fs'
import { access, rm, stat, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Finding } from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'
import { DatabaseFile } from './database-file.ts'
import { explainError } from './explain-error.ts'
import { catalog, quoteName, quoteTable } from './quote-name.ts'
import { readNumber } from './read-rows.ts'

/** Less than this cannot hold a first run. */
const leastRoom = 256 * 1024 * 1024

/** Tries what a run does, and takes it back. Stops at the first thing that fails. */
export async function checkFile(path: string, namespace: string): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  const whole = resolve(path)
  const isNew = !(await exists(whole))
  try {
    await attempt(findings, 'connect', 'The folder is there and may be written.', whole, () =>
      checkFolder(whole),
    )
    await attempt(findings, 'disk space', 'There is room on the disk.', whole, () => checkRoom(whole))
    const file = await attempt(findings, 'file lock', 'The file can be opened for writing.', whole, () =>
      DatabaseFile.acquire(whole),
    )
    try {
      await tryFile(file, findings, namespace)
    } finally {
      await leaveFile(file, isNew)
    }
  } catch {
    // What failed is the last finding.
  }
  return findings
}

/** Lets go of the file, and removes one that only the check has made: a run may have begun to fill it meanwhile. */
async function leaveFile(file: DatabaseFile, isNew: boolean): Promise<void> {
  const tables = 'select count(*) from duckdb_tables() where database_name = $1'
  const count = (connection: DuckDBConnection) => readNumber(connection, tables, [catalog])
  const isUnused = isNew && (await file.use(count).catch(() => undefined)) === 0
  if ((await file.release()) && isUnused) await rm(file.path, { force: true })
}

async function tryFile(file: DatabaseFile, findings: Finding[], namespace: string): Promise<void> {
  const { path } = file
  await file.use(async (connection) => {
    await connection.run('begin transaction')
    try {
      await trySteps(connection, findings, { path, namespace })
    } finally {
      await connection.run('rollback')
    }
  })
}

async function trySteps(
  connection: DuckDBConnection,
  findings: Finding[],
  { path, namespace }: { path: string; namespace: string },
): Promise<void> {
  const table = quoteTable(namespace, `_penstock_check_${randomUUID()}`)
  await attempt(findings, 'create schema', 'The schema is there, or can be made.', path, () =>
    connection.run(`create schema if not exists ${catalog}.${quoteName(namespace)}`),
  )
  await attempt(findings, 'create table', 'Tables can be made in the schema.', path, () =>
    connection.run(`create table ${table} (id varchar)`),
  )
  await attempt(findings, 'write', 'Rows can be written.', path, () =>
    connection.run(`insert into ${table} values ('1')`),
  )
}

async function attempt<T>(
  findings: Finding[],
  what: string,
  message: string,
  path: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await work()
    findings.push({ ok: true, what, message })
    return result
  } catch (error) {
    const failure = explainError(error, path)
    const text =
      failure instanceof RunFailure
        ? `${failure.message} ${failure.advice}`
        : 'This should not happen: please report it.'
    findings.push({ ok: false, what, message: text })
    throw error
  }
}

/** The nearest folder that is there must be one that may be written: what is missing below it is made. */
async function checkFolder(path: string): Promise<void> {
  const folder = await nearestFolder(dirname(path))
  try {
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new RunFailure('destination_refused', `The folder ${folder} may not be written.`, {
      cause,
      advice: 'Give the user that runs Penstock the right to write there, or choose another path.',
    })
  }
}

async function checkRoom(path: string): Promise<void> {
  const folder = await nearestFolder(dirname(path))
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize >= leastRoom) return
  throw new RunFailure('destination_refused', `There is less than 256 MB of room on the disk of ${folder}.`, {
    advice: 'Make room on that disk, or choose another path.',
  })
}

async function nearestFolder(folder: string): Promise<string> {
  if ((await exists(folder)) || folder === dirname(folder)) return folder
  return await nearestFolder(dirname(folder))
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
