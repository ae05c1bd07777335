import type { ChildProcess } from 'node:child_process'
import { getPriority, setPriority } from 'node:os'

const nicest = 19

/**
 * Lets a process that has just begun stand behind this one, by so many steps of `nice`, where processors are short: a run takes a little
 * longer then, and a screen does not wait for it. Where nothing is short it changes nothing.
 */
export function giveWay({ pid }: Pick<ChildProcess, 'pid'>, steps: number): void {
  if (pid === undefined || steps === 0) return
  try {
    setPriority(pid, Math.min(getPriority() + steps, nicest))
  } catch {
    // It has ended already, or the system does not allow it: then all count alike.
  }
}
