import type { ChildProcess } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'

const nicest = 19

/**
 * Lets a process that has just begun stand behind this one, by so many steps of `nice`, where processors are short: a run takes a little
 * longer then, and a screen does not wait for it. Where nothing is short it changes nothing.
 *
 * Linux deals out processors between sessions first (sched(7), "The autogroup feature"), and `nice` counts within one of them alone; each
 * connection of PostgreSQL is a session. So the process is to be `detached`: then it stands behind as a session too, and our own is not held
 * responsible for what it uses.
 */
export function giveWay({ pid }: Pick<ChildProcess, 'pid'>, steps: number): void {
  if (pid === undefined || steps === 0) return
  try {
    setPriority(pid, Math.min(getPriority() + steps, nicest))
    if (leadsSession(pid)) writeFileSync(`/proc/${pid}/autogroup`, String(Math.min(steps, nicest)))
  } catch {
    // It has ended already, or the system does not allow it, or knows no such thing: then all count alike.
  }
}

/** Whether a process has a session of its own; rejects where the system does not tell. */
function leadsSession(pid: number): boolean {
  // After the name, which may have any characters: state, parent, group, session.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.trim().split(' ')
  return Number(fields?.[3]) === pid
}
