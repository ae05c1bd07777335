import { setTimeout as sleep } from 'node:timers/promises'
import { isDatabaseAway } from './is-database-away.ts'

export interface Patience {
  /** Between two attempts. */
  readonly retryMs: number
  /** After so long what went wrong is thrown. */
  readonly patienceMs: number
  /** What is worth another attempt: that Penstock's own database did not answer, where nothing else is said. */
  readonly isPassing?: (error: unknown) => boolean
}

/** Does `work` again and again while what keeps it from being done may pass, as a restart of the database does. */
export async function outlast<T>(
  work: () => Promise<T>,
  { retryMs, patienceMs, isPassing = isDatabaseAway }: Patience,
): Promise<T> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(retryMs)) {
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error) || Date.now() > deadline) throw error
    }
  }
}
