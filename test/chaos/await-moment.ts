import { setTimeout as wait } from 'node:timers/promises'
import type { ChaosSeed } from './chaos-seed.ts'
import type { RunnerProcess } from './runner-process.ts'

/** When something happens to a runner. */
export type Moment =
  | { readonly type: 'time'; readonly ms: number }
  /** When the sandbox has seen so many of its requests. */
  | { readonly type: 'request'; readonly number: number }
  /** When the destination shows that something is half done, and a little later. */
  | { readonly type: 'staging' | 'loading'; readonly laterMs: number }

/** Before this a runner only loads its programs. */
const startMs = 500
/** A moment that does not come is not waited for. */
const patienceMs = 60_000

export function drawMoment({ random, warehouse, history }: ChaosSeed, longestMs: number): Moment {
  const laterMs = random.below(random.pick([5, 100, 600]))
  const type = random.pick<Moment['type']>(
    warehouse.shows ? ['time', 'request', 'request', 'staging', 'loading'] : ['time', 'request', 'request'],
  )
  switch (type) {
    case 'time':
      return { type, ms: startMs + random.below(longestMs) }
    case 'request': {
      const conversations = history.now.get('conversations')?.length ?? 0
      return { type, number: 1 + random.below(random.pick([12, 30, 60 + conversations])) }
    }
    case 'staging':
    case 'loading':
      return { type, laterMs }
  }
}

/** Resolves when the moment has come, or when the runner has ended. */
export async function awaitMoment(moment: Moment, chaos: ChaosSeed, runner: RunnerProcess): Promise<void> {
  if (moment.type === 'time') return await Promise.race([wait(moment.ms), runner.ended.then(() => {})])
  const deadline = Date.now() + patienceMs
  while (runner.running && Date.now() < deadline && !(await hasCome(moment, chaos))) await wait(3)
  if (moment.type !== 'request') await wait(moment.laterMs)
}

async function hasCome(
  moment: Exclude<Moment, { type: 'time' }>,
  { sandbox, warehouse }: ChaosSeed,
): Promise<boolean> {
  if (moment.type === 'request') return (await sandbox.requestCount()) >= moment.number
  return (await warehouse.shows?.(moment.type).catch(() => false)) === true
}
