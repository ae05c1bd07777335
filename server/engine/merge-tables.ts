import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { CheckpointRule } from '@penstock/schemas/generated/manifest.ts'
import { batchUnits } from './batch-units.ts'
import { Channel } from './channel.ts'
import { RunFailure } from './failures.ts'
import { catchUp, countWritten, filler, shapesOf, type GroupRun } from './group-run.ts'
import { hasRequestsBelow } from './object-tree.ts'
import { planWindows, wantsOlder } from './plan-windows.ts'
import { RecentVersions } from './process-page.ts'
import { ReadProgress } from './read-progress.ts'
import { pagesAtOnce } from './read-window.ts'
import { isOfWindow, readWindows } from './read-windows.ts'
import { RequestsAhead } from './requests-ahead.ts'
import { countUnits } from './run-counts.ts'
import type { RowUnit } from './row-unit.ts'
import { suspectsAlone } from './suspect-windows.ts'
import type { UnreadRecords } from './unread-records.ts'

/** How much may wait for the destination, in bytes of the answers it came from: no more than memory allows. */
const mostWaiting = 12 * 1024 * 1024
/**
 * How many requests a read may be ahead of what is durable at the least: of lists, where the destination works beside this process or in it
 * (then commits that are few and large are worth more), and where each record has requests of its own.
 */
const leastAhead = { beside: 16, inProcess: 24, children: 48 }
/**
 * And at the most, where the destination works in this process. The windows of a long list all read at once, and each may have a page more
 * in its hands than there is room for: at a million contacts, a twentieth of the pages was 50 MB of rows, and the whole run took 70 MB more.
 */
const mostAhead = { beside: Infinity, inProcess: 32 }

/**
 * Brings tables up to date: reads what changed since their checkpoint, merges it by key, and moves the checkpoint with every commit.
 * A read that a crash left unfinished is finished first; then what a start date that was moved back asks for is read; then all up to now,
 * and with that whatever an earlier read failed at.
 */
export async function mergeTables(group: GroupRun, rule: CheckpointRule): Promise<void> {
  for (;;) {
    const checkpoint = commonCheckpoint(group)
    const more = wantsMore(checkpoint, group.startAt)
    try {
      await readSince(checkpoint, more ? { ...group, onRead: () => undefined } : group, rule)
    } catch (error) {
      const left = commonCheckpoint(group)
      const onlySuspects = left?.reading !== undefined && !wantsMore(left, group.startAt)
      if (more && onlySuspects && isOfWindow(error)) continue
      throw error
    }
    // Never so, unless something is wrong here: then no run may say that it succeeded, nor go on for ever.
    if (commonCheckpoint(group)?.reading !== undefined)
      throw new RunFailure('incomplete_read', 'A part of the list was not read to its end.')
    if (!more && !wantsOlder(commonCheckpoint(group), group.startAt)) return
  }
}

/** Whether there is something to read before all up to now is. */
function wantsMore(checkpoint: Checkpoint | undefined, startAt: number | undefined): boolean {
  if (checkpoint?.reading) return suspectsAlone(checkpoint.reading) === undefined
  return wantsOlder(checkpoint, startAt)
}

interface ReadInput {
  readonly rule: CheckpointRule
  readonly checkpoint: Checkpoint | undefined
  /** Absent: what comes is to be whole, so a record whose requests fail fails the read. */
  readonly unread?: UnreadRecords
}

/**
 * One read up to now, in windows, each unit passed to `land` with others that wait. A destination that is slow gets more at once; the
 * readers wait for it when too much is waiting. What `land` has in its hands counts as waiting until it calls `onSent`, or is done: it
 * comes first, so that the destination has something to do while the next pages are shaped.
 */
export async function readInWindows(
  group: GroupRun,
  { rule, checkpoint, unread }: ReadInput,
  land: (units: readonly RowUnit[], progress: ReadProgress, onSent: () => void) => Promise<void>,
): Promise<void> {
  const now = Math.floor(group.client.gate.serverNow() / 1000)
  const latest = Math.ceil(group.client.gate.serverLatest() / 1000)
  const partitions = group.list.partitions?.length ?? 1
  const plan = planWindows({ rule, checkpoint, startAt: group.startAt, now, latest, partitions })
  const progress = new ReadProgress({
    through: plan.through,
    since: plan.since,
    claimed: checkpoint,
    windows: plan.windows,
  })
  const ahead = aheadOf(group)
  const channel = new Channel<RowUnit>(
    () => mostWaiting,
    (unit) => unit.bytes + 100,
  )
  const stop = new AbortController()
  const reading = readWindows({
    ...group,
    root: group.tree,
    rule,
    unread,
    progress,
    ahead,
    now,
    fill: filler(group.list),
    from: plan.from,
    fromClaim: plan.fromClaim,
    ofSuspects: plan.ofSuspects,
    recent: new RecentVersions(plan.through),
    accountCreatedAt: group.account.createdAt,
    timezone: group.account.timezone,
    signal: AbortSignal.any([group.signal, stop.signal]),
    send: async (unit) => channel.send(unit),
  }).then(
    () => {
      group.onRead(shapesOf(group.tree).keys())
      channel.end()
    },
    (error: unknown) => channel.fail(error),
  )
  try {
    for await (const units of channel) {
      await land(units, progress, () => channel.makeRoom())
      ahead.land(units.reduce((sum, { requests }) => sum + requests, 0))
    }
  } catch (error) {
    channel.fail(error)
    stop.abort(error)
    throw error
  } finally {
    await reading
  }
}

function aheadOf(group: GroupRun): RequestsAhead {
  if (hasRequestsBelow(group.tree)) return new RequestsAhead({ least: leastAhead.children })
  const place = group.destination.inProcess ? 'inProcess' : 'beside'
  const least = leastAhead[place]
  return new RequestsAhead({
    least,
    most: mostAhead[place],
    moreForErrands: least,
    pagesAtOnce: () => pagesAtOnce(group),
  })
}

async function readSince(
  checkpoint: Checkpoint | undefined,
  group: GroupRun,
  rule: CheckpointRule,
): Promise<void> {
  const shapes = shapesOf(group.tree)
  const { unread } = group
  await readInWindows(group, { rule, checkpoint, unread }, async (units, progress, onSent) => {
    for (let late = catchUp(group); late; late = catchUp(group)) await late
    for (const unit of units) for (const step of unit.progress) progress.apply(step)
    const { batches, rejected, repeats } = batchUnits(units, shapes)
    const claim = progress.checkpoint()
    const checkpoints = new Map([...shapes.keys()].map((object) => [object, claim]))
    const counts = countUnits(group.tally, shapes.keys(), { units, repeats })
    const result = await group.tables.commit({ batches, rejected, checkpoints, counts, onSent })
    for (const object of shapes.keys()) group.checkpoints.set(object, claim)
    countWritten(group.tally, counts, result)
    for (const object of shapes.keys()) group.onProgress(object)
    if (rejected.length > 0) stopWhenPoisoned(group)
  })
}

/** More than a hundred records that cannot land are no accident. */
function stopWhenPoisoned(group: GroupRun): void {
  for (const object of shapesOf(group.tree).keys()) {
    if (group.tally.of(object).rejected > 100)
      throw new RunFailure('too_many_rejected', `More than 100 records of ${object} could not land.`)
  }
}

/**
 * Where a read of all these tables must start: where they all left off, or, where they did not leave off together, the earliest of
 * their claims.
 */
function commonCheckpoint(group: GroupRun): Checkpoint | undefined {
  const all = [...shapesOf(group.tree).keys()].map((object) => group.checkpoints.get(object))
  const [first] = all
  const text = JSON.stringify(first)
  if (all.every((one) => JSON.stringify(one) === text)) return first
  const claims = all.map((one) => one?.through)
  if (claims.includes(undefined)) return undefined
  const sinces = all.map((one) => one?.since).filter((since) => since !== undefined)
  const missing = all.flatMap((one) => one?.vanished ?? [])
  // Of two that are of one record, what is unread must not be forgotten.
  const unreadLast = missing.toSorted(
    (a, b) => Number(a.unread !== undefined) - Number(b.unread !== undefined),
  )
  const vanished = [...new Map(unreadLast.map((one) => [one.key, one])).values()]
  return {
    version: 1,
    through: Math.min(...claims.map((claim) => claim ?? 0)),
    ...(sinces.length === 0 ? {} : { since: Math.max(...sinces) }),
    ...(vanished.length === 0 ? {} : { vanished }),
  }
}
