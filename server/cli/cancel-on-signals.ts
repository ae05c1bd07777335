import { exitCodes } from './exit-codes.ts'

/** Lets a person, or the system, stop a command. */
export interface Cancellation extends Disposable {
  readonly signal: AbortSignal
}

/**
 * The first SIGINT or SIGTERM aborts `signal`, and what is running ends at a checkpoint; `onFirst` may say so. The second one ends
 * the process at once, which loses nothing either: what was not committed is read again.
 */
export function cancelOnSignals(onFirst: () => void): Cancellation {
  const controller = new AbortController()
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.cancelled)
    controller.abort()
    onFirst()
  }
  process.on('SIGINT', listener).on('SIGTERM', listener)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => process.off('SIGINT', listener).off('SIGTERM', listener),
  }
}
