import type { Socket } from 'node:net'
import type { Writable } from 'node:stream'
import postgres from 'postgres'
import type { ReservedSql, Sql } from 'postgres'
import { openDatabaseSocket } from '../../egress/database-socket.ts'
import type { ResultRow } from '../stored-row.ts'
import type { ConnectionOptions } from './connection-options.ts'
import { fillIn } from './fill-in.ts'
import type { Parameter } from './fill-in.ts'

export interface QueryResult {
  /** A bigint comes as text. */
  readonly rows: readonly ResultRow[]
  /** Rows written, or read. */
  readonly count: number
}

/**
 * What holds for every statement. A paused process must not keep others out: the server ends its transaction
 * before those who wait give up. A merge of many rows may take minutes.
 */
const settings = `
  set lock_timeout = '45s'; set idle_in_transaction_session_timeout = '30s'; set statement_timeout = '30min';
  set default_transaction_read_only = off; set client_min_messages = warning; set timezone = 'UTC';
  set standard_conforming_strings = on; set search_path = pg_catalog, pg_temp`

/** What waits for an answer, to be told when there will be none: the driver forgets some of them. */
class Waiting {
  readonly #rejecters = new Set<(error: Error) => void>()
  lost = false

  end(why: Error = closed()): void {
    this.lost = true
    for (const reject of this.#rejecters) reject(why)
  }

  async guard<T>(work: Promise<T>): Promise<T> {
    let reject: (error: Error) => void = () => {}
    const ended = new Promise<never>((_, failed) => (reject = failed))
    this.#rejecters.add(reject)
    try {
      return await Promise.race([work, ended])
    } finally {
      this.#rejecters.delete(reject)
    }
  }
}

/** Whoever takes longer until its first statement is answered is no database, or none that can be worked with. */
const openMs = 60_000

/**
 * One connection, from its opening to its end. It is never opened again: the driver would go on with the second half
 * of a transaction on the new one.
 */
export class PostgresSession {
  readonly #pool: Sql
  readonly #connection: ReservedSql
  readonly #waiting: Waiting

  private constructor(pool: Sql, connection: ReservedSql, waiting: Waiting) {
    this.#pool = pool
    this.#connection = connection
    this.#waiting = waiting
  }

  static async open(options: ConnectionOptions): Promise<PostgresSession> {
    const waiting = new Waiting()
    // Undocumented in the driver's types, and read by it: where its socket comes from. A Unix socket it opens itself.
    const way = options.host.startsWith('/') ? {} : { socket: () => openSocket(options, waiting) }
    const pool = postgres({
      ...options,
      ...way,
      max: 1,
      connect_timeout: 15,
      keep_alive: 30,
      max_lifetime: null,
      idle_timeout: 0,
      fetch_types: false,
      onnotice: () => {},
      onclose: () => waiting.end(),
      connection: { application_name: 'penstock' },
    })
    const late = setTimeout(() => waiting.end(tooLate()), openMs)
    try {
      // First a query, then the reservation: with fetch_types off the driver never answers one that must connect.
      await waiting.guard(pool.unsafe(settings))
      return new PostgresSession(pool, await waiting.guard(pool.reserve()), waiting)
    } catch (error) {
      await pool.end({ timeout: 0 })
      throw error
    } finally {
      clearTimeout(late)
    }
  }

  /** Whether the connection is gone; nothing can be done with the session then, but to end it. */
  get lost(): boolean {
    return this.#waiting.lost
  }

  async query(text: string, parameters: readonly Parameter[] = []): Promise<QueryResult> {
    this.#refuseLost()
    const query = this.#connection.unsafe<ResultRow[]>(fillIn(text, parameters))
    const result = await this.#waiting.guard(query)
    return { rows: result, count: result.count ?? 0 }
  }

  /** Runs statements that are sent together, up to the first that fails. Gives the rows that they answer, one statement's after the other's. */
  async script(text: string): Promise<readonly ResultRow[]> {
    this.#refuseLost()
    return rowsOf(await this.#waiting.guard(this.#connection.unsafe(text)))
  }

  /**
   * Sends the bytes of a COPY, waiting whenever the server does not keep up. A chunk may be used again once the next is asked for. The text
   * may hold other statements before and after the COPY, as a script: gives the rows that they answer. `onSent` is called when all bytes
   * have left.
   */
  async copy(text: string, chunks: Iterable<Buffer>, onSent?: () => void): Promise<readonly ResultRow[]> {
    this.#refuseLost()
    const query = this.#connection.unsafe(text)
    const stream = await this.#waiting.guard(query.writable())
    const answered = new Promise<unknown>((done, failed) => {
      // The driver has no other place for what comes after the last byte was sent: it resolves and rejects a query that was resolved
      // when the COPY began.
      void Object.assign(query, { resolve: done, reject: failed })
      stream.on('error', failed)
      sendAll(stream, chunks).then(onSent, (error: unknown) => {
        stream.destroy()
        failed(this.lost ? closed() : error)
      })
    })
    return rowsOf(await this.#waiting.guard(answered))
  }

  /** Runs `work` in a transaction; rolls back where it throws. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.query('begin isolation level read committed read write')
    try {
      const result = await work()
      await this.query('commit')
      return result
    } catch (error) {
      if (!this.lost) await this.query('rollback').catch(() => {})
      throw error
    }
  }

  async end(): Promise<void> {
    await this.#pool.end({ timeout: 0 })
  }

  /** The driver would write to a socket that is no more, and end the process. */
  #refuseLost(): void {
    if (this.lost) throw closed()
  }
}

/** Where the other side hangs up before it greeted, the driver would call again, and again, and say nothing. */
async function openSocket({ host, port }: ConnectionOptions, waiting: Waiting): Promise<Socket> {
  if (waiting.lost) throw closed()
  const socket = await openDatabaseSocket(host, port)
  return socket.once('close', () => waiting.end())
}

function tooLate(): Error {
  return Object.assign(new Error('The database does not answer.'), { code: 'CONNECT_TIMEOUT' })
}

function closed(): Error {
  return Object.assign(new Error('The connection is closed.'), { code: 'CONNECTION_CLOSED' })
}

/** The driver answers a script with a list of rows for each statement that has any, or with one such list. */
function rowsOf(answer: unknown): readonly ResultRow[] {
  return Array.isArray(answer) ? answer.flat() : []
}

async function sendAll(stream: Writable, chunks: Iterable<Buffer>): Promise<void> {
  for (const chunk of chunks) {
    await new Promise<void>((done, failed) => {
      stream.write(chunk, (error) => (error ? failed(error) : done()))
    })
  }
  stream.end()
}
