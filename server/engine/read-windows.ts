import { RunFailure } from './failures.ts'
import { LookAgain } from './look-again.ts'
import { hasRequestsBelow } from './object-tree.ts'
import { PageSize } from './page-size.ts'
import { mayBeOneRow, mostFailures, readWindow, type Share, type WindowsContext } from './read-window.ts'

/** So many windows may be lost to bad rows: where there are more, the list is not read on. */
const mostLost = 20

/**
 * Reads every window that is not done, several side by side, and sends what it reads with the progress it earns. A window that turns
 * out long is cut into windows that can be read at once: over a real network one chain of pages is mostly waiting.
 */
export async function readWindows(context: WindowsContext): Promise<void> {
  const again = new LookAgain(context)
  const share: Share = { failures: 0, again, pageSize: new PageSize(context.list.pagination) }
  await readQueue(again.numbers('first'), share, context)
  await readQueue(again.numbers('again'), share, context)
}

/**
 * Where only the list is asked, all windows are begun at once and take turns page by page: first each one's first page, which tells how
 * long it is, then the longest goes on. If the longest were found last, all would wait for it in the end.
 * A window that fails for itself is left open and the others are read, so that the next run has less to do; it rejects only then.
 */
async function readQueue(queue: number[], share: Share, context: WindowsContext): Promise<void> {
  const atOnce = hasRequestsBelow(context.root) ? 1 : Infinity
  const running = new Set<Promise<void>>()
  const failed: unknown[] = []
  let going = true
  const fail = (error: unknown) => {
    if (!going) return
    going = failed.length < mostLost && isOfOneWindow(error, share)
    if (going) return void failed.push(error)
    // What ends everything is what the report says.
    failed.unshift(error)
    queue.length = 0
    context.ahead.close(error)
  }
  while (queue.length > 0 || running.size > 0) {
    while (running.size < atOnce) {
      // The newest first, since most lists grow.
      const number = queue.pop()
      if (number === undefined) break
      const reading = readWindow(number, share, context)
        // One that was cut for a bad row comes after the others: those are more likely to be good.
        .then((parts) => void queue.unshift(...parts), fail)
        .finally(() => running.delete(reading))
      running.add(reading)
    }
    await Promise.race(running)
  }
  if (failed.length > 0) throw failed[0]
}

/** Whether other windows may still be read to their end. */
function isOfOneWindow(error: unknown, { failures }: Share): boolean {
  if (!(error instanceof RunFailure) || failures > mostFailures) return false
  return mayBeOneRow(error) || ['invalid_request', 'incomplete_read'].includes(error.kind)
}
