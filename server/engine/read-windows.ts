import { RunFailure } from './failures.ts'
import { LookAgain } from './look-again.ts'
import { hasRequestsBelow } from './object-tree.ts'
import { RowUnit } from './row-unit.ts'
import { PageSize } from './page-size.ts'
import { mayBeOneRow, mostFailures, readWindow, type Share, type WindowsContext } from './read-window.ts'

/** So many windows may be lost to bad rows: where there are more, the list is not read on. */
const mostLost = 20

/**
 * Reads every window that is not done, several side by side, and sends what it reads with the progress it earns. A window that turns
 * out long is cut into windows that can be read at once: over a real network one chain of pages is mostly waiting. Those in which a read
 * failed before come after all others.
 */
export async function readWindows(context: WindowsContext): Promise<void> {
  const again = new LookAgain(context)
  const share: Share = { failures: 0, again, pageSize: new PageSize(context.list.pagination) }
  const suspects = again.numbers('suspect')
  const lost = [
    ...(await readQueue(again.numbers('first'), share, context)),
    ...(await readQueue(suspects, share, context)),
    ...(await readQueue(again.numbers('again'), share, context)),
  ]
  if (lost[0]) throw partMissing(lost[0])
}

function partMissing(why: RunFailure): RunFailure {
  const sentence = `A part of the list could not be read; all others were. ${why.message}`
  return new RunFailure(why.kind, sentence, { advice: why.advice, cause: why })
}

/**
 * Where only the list is asked, all windows are begun at once and take turns page by page: first each one's first page, which tells how
 * long it is, then the longest goes on. If the longest were found last, all would wait for it in the end.
 * A window that fails for itself is left open and the others are read, so that the next run has less to do. Gives the failures of those.
 */
async function readQueue(
  queue: number[],
  share: Share,
  context: WindowsContext,
): Promise<readonly RunFailure[]> {
  const atOnce = hasRequestsBelow(context.root) ? 1 : Infinity
  const running = new Set<Promise<void>>()
  const lost: RunFailure[] = []
  let end: { readonly reason: unknown } | undefined
  const stop = (reason: unknown) => {
    // What ends everything is what the report says.
    end ??= { reason }
    queue.length = 0
    context.ahead.close(reason)
  }
  const fail = async (number: number, error: unknown) => {
    if (end) return
    if (!isOfWindow(error)) return stop(error)
    if (share.failures > mostFailures || lost.length >= mostLost) stop(error)
    else lost.push(error)
    await noteFailed(number, context).catch(stop)
  }
  while (queue.length > 0 || running.size > 0) {
    while (running.size < atOnce) {
      // The newest first, since most lists grow.
      const number = queue.pop()
      if (number === undefined) break
      const reading = readWindow(number, share, context)
        // One that was cut for a bad row comes after the others: those are more likely to be good.
        .then(
          (parts) => void queue.unshift(...parts),
          (error: unknown) => fail(number, error),
        )
        .finally(() => running.delete(reading))
      running.add(reading)
    }
    await Promise.race(running)
  }
  if (end) throw end.reason
  return lost
}

/** Whether other windows may still be read to their end. */
function isOfWindow(error: unknown): error is RunFailure {
  if (!(error instanceof RunFailure)) return false
  return mayBeOneRow(error) || ['invalid_request', 'incomplete_read'].includes(error.kind)
}

/** Whoever reads next tries it last. */
async function noteFailed(window: number, { send }: WindowsContext): Promise<void> {
  const unit = new RowUnit()
  unit.progress.push({ type: 'failed', window })
  await send(unit)
}
