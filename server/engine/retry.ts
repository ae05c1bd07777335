import { PrivateAddress } from '../egress/public-addresses.ts'
import { TooLarge } from '../egress/collect-response.ts'
import type { Clock } from './clock.ts'
import { failurePolicies, RunFailure } from './failures.ts'

export interface RetryInput {
  readonly clock: Clock
  /** Between 0 and 1. */
  readonly random: () => number
  /** Told of every wait; gives back what to call when it is over. */
  readonly onWait: (why: 'busy' | 'retry', sentence: string, untilMs: number) => () => void
  readonly onRetry: () => void
  readonly signal: AbortSignal
  /** The API lets nothing through, and has not for long: a 429 is not waited for any more. */
  readonly hopeless?: () => boolean
  /** Told of every failure that costs a try; gives how many more are worth it, at the most. */
  readonly triesLeft?: () => number
  /** How long a try may wait for its answer, in milliseconds. */
  readonly answerMs?: (attempt: number) => number
  /** The API moves on with every call: an answer that was lost on the way cannot be had again. */
  readonly answersOnce?: boolean
  /** Somebody waits for it who can mend the question: what is no answer is not asked for again. */
  readonly askOnce?: boolean | undefined
}

/** Tries for failures of the moment: with 10 % of answers faulty, one request in 10^9 runs out of them. */
export const mostAttempts = 9
/** A 429 costs no try, but nobody waits for a budget for ever. */
const mostRateLimited = 30

/**
 * Calls `attempt(1)`, `attempt(2)`, … until one succeeds or its failure is not one that passes. Waits between them with
 * exponential backoff and jitter: 0.1 s, 0.2 s, … up to 15 s. After a 429 the gate does the waiting.
 * What answers only once is not tried again, but rejects with `lost_answer`: the next answer would be another one. A 429 for it rejects
 * as it is: most likely nothing moved on, but only the caller can tell whether that was so.
 */
export async function retrying<T>(input: RetryInput, attempt: (number: number) => Promise<T>): Promise<T> {
  let failed = 0
  let limited = 0
  let busy = 0
  let heard = () => {}
  for (;;) {
    try {
      return await attempt(failed + 1).finally(() => heard())
    } catch (error) {
      heard = () => {}
      input.signal.throwIfAborted()
      const failure = asFailure(error)
      if (failurePolicies[failure.kind].retry !== 'request') throw failure
      if (failure.kind === 'rate_limited') {
        if (input.answersOnce === true || input.hopeless?.() === true || ++limited > mostRateLimited)
          throw failure
      } else if (input.answersOnce === true && failure.kind !== 'busy') {
        throw new RunFailure('lost_answer', 'An answer was lost that cannot be asked for again.', {
          cause: failure,
        })
      } else if (input.askOnce === true && failure.kind === 'not_an_answer') {
        throw failure
      } else if (failure.afterSeconds) {
        const seconds = failure.afterSeconds[busy++]
        if (seconds === undefined) throw failure
        const why = failure.kind === 'busy' ? 'busy' : 'retry'
        await pause(input, seconds * 1000 * (1 + 0.05 * input.random()), [why, failure.message])
      } else {
        failed = Math.max(failed + 1, mostAttempts - (input.triesLeft?.() ?? Infinity))
        if (failed >= mostAttempts) throw failure
        const ms = Math.min(15_000, 100 * 2 ** (failed - 1)) * (0.5 + input.random())
        if (isLate(failure)) heard = tellOfSilence(input, failure, ms + (input.answerMs?.(failed + 1) ?? 0))
        await pause(input, ms, ['retry', failure.message]).catch((stopped: unknown) => {
          heard()
          throw stopped
        })
      }
      input.onRetry()
    }
  }
}

/** What did not come in time may not come in time again: that is no wait for the next try alone. Gives back what to call when the try has ended. */
function tellOfSilence({ onWait, clock }: RetryInput, { message }: RunFailure, ms: number): () => void {
  return onWait('retry', message, clock.now() + ms)
}

async function pause(
  input: RetryInput,
  ms: number,
  reason: readonly ['busy' | 'retry', string],
): Promise<void> {
  const over = input.onWait(...reason, input.clock.now() + ms)
  await input.clock.sleep(ms, input.signal).finally(over)
}

/** What went wrong on the way, in our terms. A network error's own message may name hosts, so it stays in the cause. */
function asFailure(error: unknown): RunFailure {
  if (error instanceof RunFailure) return error
  if (error instanceof TooLarge)
    return new RunFailure('too_large', 'An answer was larger than is allowed.', { cause: error })
  if (error instanceof PrivateAddress || (error instanceof Error && error.cause instanceof PrivateAddress))
    return new RunFailure('host_not_allowed', 'The API’s host is not on the public internet.', {
      cause: error,
    })
  const code = codeOf(error)
  // Of undici: nothing was sent, and nothing ever will be.
  if (code === 'UND_ERR_INVALID_ARG')
    return new RunFailure('invalid_request', unsendable, { advice: copyAnew })
  const sentence = unreachable.get(code) ?? lateCodes.get(code) ?? 'There was no whole answer from the API.'
  return new RunFailure('unavailable', sentence, { cause: error })
}

/** Of undici: nothing, or nothing more, came for as long as is waited for. */
const lateCodes: ReadonlyMap<string, string> = new Map([
  ['UND_ERR_HEADERS_TIMEOUT', 'The API took a request and did not answer it in time.'],
  ['UND_ERR_BODY_TIMEOUT', 'The API began an answer and did not go on with it in time.'],
])

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function isLate({ cause }: RunFailure): boolean {
  return lateCodes.has(codeOf(cause))
}

const unsendable = 'A header of the request holds a character that cannot be sent, such as a line break.'
const copyAnew =
  'Copy the credential and the other settings of the connection anew, without a line break at the end; if it is none of them, correct the headers of the manifest.'

/** Where a host was mistyped, that is worth more than that nothing came. The host itself is not named: see above. */
const unreachable: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'The name of the API’s host is not known: no address was found for it.'],
  ['ECONNREFUSED', 'Nothing listens at the API’s address: the connection was refused.'],
])
