import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../is-alive.ts'

const askEveryMs = 100
/** Nobody needs longer for what these locks are held for; a lock that is older was left behind. */
const longestMs = 120_000

/**
 * A lock between processes of one machine: a file that names its holder. One that a dead process left behind, or that is two minutes old, is
 * taken over. Resolves once it is held; disposing of it lets it go. Rejects with the signal's reason when that is aborted first.
 */
export async function lockFile(path: string, signal: AbortSignal): Promise<AsyncDisposable> {
  const mine = `${process.pid} ${randomUUID()}`
  while (!(await create(path, mine))) {
    signal.throwIfAborted()
    const theirs = await readFile(path, 'utf8').catch(() => undefined)
    if (theirs !== undefined && (await isLeft(path, theirs))) await clear(path, theirs)
    else await sleep(askEveryMs, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
  return { [Symbol.asyncDispose]: () => clear(path, mine) }
}

async function create(path: string, holder: string): Promise<boolean> {
  try {
    await writeFile(path, holder, { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Between making a file and writing it, it is empty: whose it is shows a moment later. */
async function isLeft(path: string, holder: string): Promise<boolean> {
  const made = await stat(path).catch(() => undefined)
  if (!made) return false
  if (Date.now() - made.mtimeMs > longestMs) return true
  const pid = Number(holder.split(' ')[0])
  return Number.isInteger(pid) && pid > 0 && !isAlive(pid)
}

/** Takes the file away, if it is still this holder's: another's that came meanwhile is put back. */
async function clear(path: string, holder: string): Promise<void> {
  const away = `${path}.${randomUUID()}`
  const moved = await rename(path, away).then(
    () => true,
    () => false,
  )
  if (!moved) return
  if ((await readFile(away, 'utf8')) !== holder) await link(away, path).catch(() => undefined)
  await rm(away, { force: true })
}
