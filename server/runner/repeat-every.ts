import { errorFields } from '../log.ts'
import type { Log } from '../log.ts'

/** Something that is done again and again. */
export interface Repeated {
  /** Does it no more; resolves when the last time is over. */
  stop(): Promise<void>
}

/** Does `work` every so many milliseconds, never twice at a time. What it throws is logged under `name`, and it is done again all the same. */
export function repeatEvery(ms: number, name: string, log: Log, work: () => Promise<void>): Repeated {
  let under: Promise<void> | undefined
  const timer = setInterval(() => {
    under ??= work()
      .catch((error: unknown) => log.warn(`${name}.failed`, errorFields(error)))
      .finally(() => (under = undefined))
  }, ms)
  return {
    stop: async () => {
      clearInterval(timer)
      await under
    },
  }
}
