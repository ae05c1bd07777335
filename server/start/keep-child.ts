import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Log } from '../log.ts'
import { giveWay } from './give-way.ts'

/** A process of ours beside this one. */
export interface KeptChild {
  /** Asks it to end (SIGTERM), and resolves when it has. */
  stop(): Promise<void>
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const longestWaitMs = 30_000

/**
 * Keeps one part of Penstock running as a process of its own: it is started again when it dies, sooner or later after several deaths in
 * a row, and gives way to us by so many steps of `nice`. Its life is tied to ours by a pipe, so that SIGKILL of this process leaves none behind.
 */
export function keepChild(
  part: 'worker' | 'sandbox',
  variables: Readonly<Record<string, string | undefined>>,
  log: Log,
  nice = 0,
): KeptChild {
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let stopping = false
  let deaths = 0
  const start = () => {
    const startedAt = Date.now()
    child = spawn(process.execPath, [...process.execArgv, main, part, '--child'], {
      stdio: ['pipe', 'inherit', 'inherit'],
      env: { ...variables },
      // In a session of its own Ctrl C at the terminal does not reach it: we do, and then it drains. On Windows that would open a window.
      detached: process.platform !== 'win32',
    })
    giveWay(child, nice)
    child.once('exit', (code, signal) => {
      if (stopping) return
      deaths = Date.now() - startedAt > longestWaitMs ? 1 : deaths + 1
      log.error('child.died', { part, code, signal })
      timer = setTimeout(start, Math.min(longestWaitMs, 250 * 2 ** (deaths - 1)))
    })
  }
  start()
  return {
    stop: async () => {
      stopping = true
      clearTimeout(timer)
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const exited = new Promise<void>((done) => child?.once('exit', () => done()))
      child.kill('SIGTERM')
      await exited
    },
  }
}
