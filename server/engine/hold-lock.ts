import type { Clock } from './clock.ts'
import type { RunWaits } from './run-waits.ts'
import type { Locks } from './shared-budget.ts'

/** How often a wait for a lock is told again, in milliseconds: nobody knows when it ends. */
const tellEveryMs = 60_000
/** A lock that is free is there sooner than this, also where the process is busy: nobody is told of another run that is not there. */
const atOnceMs = 500

/** Waits until this run is the only one that reads a scroll of its account, and says so where that takes a while. */
export async function holdLock(input: {
  readonly locks: Locks
  readonly account: { readonly source: string }
  readonly object: string
  readonly waits: RunWaits
  readonly clock: Clock
  readonly signal: AbortSignal
}): Promise<AsyncDisposable> {
  const { locks, account, object, waits, clock, signal } = input
  const over: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined
  const tell = () => {
    const reason = `another run reads ${object} of this account, and only one may at a time`
    over.push(waits.begin({ object, why: 'lock', reason, untilMs: clock.now() + tellEveryMs }))
    timer = setTimeout(tell, tellEveryMs)
  }
  timer = setTimeout(tell, atOnceMs)
  try {
    return await locks.hold(`scroll ${account.source}`, signal)
  } finally {
    clearTimeout(timer)
    for (const end of over) end()
  }
}
