import type { OpenWindow } from '@penstock/schemas/generated/checkpoint.ts'
import { RunFailure } from './failures.ts'
import { LookAgain } from './look-again.ts'
import { hasRequestsBelow } from './object-tree.ts'
import { RowUnit } from './row-unit.ts'
import { joinOverlapping } from './suspect-windows.ts'
import { PageSize } from './page-size.ts'
import { isBeyondRows, mayBeOneRow, readWindow, type Share, type WindowsContext } from './read-window.ts'

/** So many windows may be lost to bad rows: where there are more, the list is not read on. */
const mostLost = 20

/**
 * Reads every window that is not done, several side by side, and sends what it reads with the progress it earns. A window that turns
 * out long is cut into windows that can be read at once: over a real network one chain of pages is mostly waiting. Those in which a read
 * failed before come after all others.
 */
export async function readWindows(context: WindowsContext): Promise<void> {
  const again = new LookAgain(context)
  const pageSize = new PageSize(context.list.pagination)
  const share: Share = { failures: 0, halves: new Set(), atOnce: 0, again, pageSize }
  const suspects = again.numbers('suspect')
  const lost = [
    ...(await readQueue(again.numbers('first'), share, context)),
    ...(await readQueue(suspects, share, context)),
    ...(await readQueue(again.numbers('again'), share, context)),
  ]
  if (lost[0]) throw partMissing(lost[0].why, windowsOf(lost))
}

/** A window that could not be read, and why. */
interface Lost {
  readonly window: OpenWindow
  readonly why: RunFailure
}

/** One row may spoil two windows that overlap where it is. */
function windowsOf(lost: readonly Lost[]): readonly OpenWindow[] {
  return joinOverlapping(lost.map(({ window }) => window))
}

function partMissing(why: RunFailure, windows: readonly OpenWindow[]): RunFailure {
  const one = windows.length === 1
  const parts = one ? 'A part of the list' : `${windows.length} parts of the list`
  const which = windows[0] && span(windows[0])
  const told = which === undefined ? '' : ` (${one ? '' : 'the first: '}what changed ${which})`
  return new RunFailure(why.kind, `${parts}${told} could not be read; everything else was. ${why.message}`, {
    advice:
      'Each run tries it again, after all that is newer. If it stays so, ask the API’s support what is wrong with the records of that time.',
    cause: why,
  })
}

function span({ after, before }: OpenWindow): string | undefined {
  const since = after === undefined || after <= 0 ? undefined : `after ${momentText(after)}`
  const until = before === undefined ? undefined : `before ${momentText(before)}`
  return since && until ? `${since} and ${until}` : (since ?? until)
}

function momentText(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

/**
 * Where only the list is asked, all windows are begun at once and take turns page by page: first each one's first page, which tells how
 * long it is, then the longest goes on. If the longest were found last, all would wait for it in the end.
 * A window that fails for itself is left open and the others are read, so that the next run has less to do. Gives the failures of those.
 */
async function readQueue(queue: number[], share: Share, context: WindowsContext): Promise<readonly Lost[]> {
  const atOnce = hasRequestsBelow(context.root) ? 1 : Infinity
  const running = new Map<number, Promise<void>>()
  const lost: Lost[] = []
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
    const window = new Map(context.progress.windows).get(number) ?? {}
    if (isBeyondRows(share) || windowsOf(lost).length >= mostLost) stop(error)
    else lost.push({ window, why: error })
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
        .finally(() => running.delete(number))
      running.set(number, reading)
      const others = [...running.keys()].filter((one) => !share.halves.has(one))
      share.atOnce = Math.max(share.atOnce, others.length)
    }
    await Promise.race(running.values())
  }
  if (end) throw end.reason
  return lost
}

/** Whether a window failed for itself, so that others may still be read to their end. */
export function isOfWindow(error: unknown): error is RunFailure {
  if (!(error instanceof RunFailure)) return false
  return mayBeOneRow(error) || ['invalid_request', 'incomplete_read'].includes(error.kind)
}

/** Whoever reads next tries it last. */
async function noteFailed(window: number, { send }: WindowsContext): Promise<void> {
  const unit = new RowUnit()
  unit.progress.push({ type: 'failed', window })
  await send(unit)
}
