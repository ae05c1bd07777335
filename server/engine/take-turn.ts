let last: Promise<void> = Promise.resolve()

/**
 * Resolves in a turn of the event loop in which nobody else's does: for work that takes milliseconds, as a page does. Answers come in
 * bundles, and pages worked off one behind the other would let all else wait for the last of them, above all the destination, which then
 * has nothing to do, and keeps the next pages from being asked for.
 */
export function takeTurn(): Promise<void> {
  last = last.then(() => new Promise((resolve) => setImmediate(resolve)))
  return last
}
