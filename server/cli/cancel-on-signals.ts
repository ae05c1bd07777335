import { exitCodes } from './exit-codes.ts'

/** Lets a person, or the system, stop a command. */
export interface Cancellation extends Disposable {
  readonly signal: AbortSignal
}

/** Ctrl-C under `npm run` comes twice: from the terminal, and passed on by npm. */
const oneSignalMs = 500

/**
 * The first SIGINT or SIGTERM aborts `signal`, and what is running ends at a checkpoint; `onFirst` may say so. One that comes half a
 * second or more later ends the process at once, which loses nothing either: what was not committed is read again.
 */
export function cancelOnSignals(onFirst: () => void): Cancellation {
  const controller = new AbortController()
  let firstAt = 0
  const listener = (): void => {
    if (!controller.signal.aborted) {
      firstAt = performance.now()
      controller.abort()
      onFirst()
    } else if (performance.now() - firstAt >= oneSignalMs) process.exit(exitCodes.cancelled)
  }
  process.on('SIGINT', listener).on('SIGTERM', listener)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => process.off('SIGINT', listener).off('SIGTERM', listener),
  }
}
