import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** How a measured program is kept apart from everything else. */
export interface Cores {
  /** In words, for whoever reads the figures. */
  readonly says: string
  /** The command that starts a program on its core; empty where there is none. */
  readonly measured: readonly string[]
}

/**
 * Where there are two cores or more, gives the first to measured programs alone: this process moves to the others, and whatever it starts
 * from now on (the sandbox, PostgreSQL) stays there with it.
 */
export function divideCores(): Cores {
  const count = availableParallelism()
  if (count < 2 || spawnSync('taskset', ['--version']).status !== 0)
    return { says: `${count} core${count === 1 ? '' : 's'}, shared by everything`, measured: [] }
  const others = count === 2 ? '1' : `1-${count - 1}`
  const moved = spawnSync('taskset', ['-a', '-p', '-c', others, String(process.pid)])
  if (moved.status !== 0) return { says: `${count} cores, shared by everything`, measured: [] }
  return {
    says: `measured program on core 0, sandbox and PostgreSQL on ${count === 2 ? 'core 1' : `cores ${others}`}`,
    measured: ['taskset', '-c', '0'],
  }
}
