interface Waiting {
  readonly object: string | undefined
  readonly urgency: number
  readonly go: () => void
}

const waiting: Waiting[] = []
let begun = false

/**
 * Resolves in a turn of the event loop in which nobody else's does: for work that takes milliseconds, as a page does. Answers come in
 * bundles, and pages worked off one behind the other would let all else wait for the last of them, above all the destination, which then
 * has nothing to do, and keeps the next pages from being asked for.
 *
 * Turns go round as they were asked for, object by object. Of one object's pages the most urgent is worked off: what comes after it cannot be
 * asked for before.
 */
export function takeTurn(object: string | undefined, urgency: number): Promise<void> {
  const { promise, resolve: go } = Promise.withResolvers<void>()
  waiting.push({ object, urgency, go })
  if (!begun) setImmediate(giveTurn)
  begun = true
  return promise
}

function giveTurn(): void {
  const first = waiting.shift()
  begun = waiting.length > 0
  if (begun) setImmediate(giveTurn)
  if (!first) return
  let next = first
  for (const one of waiting) if (one.object === first.object && one.urgency > next.urgency) next = one
  // Who steps back gets the other's place, so that other objects wait no longer for it.
  if (next !== first) waiting[waiting.indexOf(next)] = first
  next.go()
}
