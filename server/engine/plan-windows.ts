import type { Checkpoint, OpenWindow } from '@penstock/schemas/generated/checkpoint.ts'
import type { CheckpointRule } from '@penstock/schemas/generated/manifest.ts'
import { lookForVanished } from './look-for-vanished.ts'
import { granularityOf, slack } from './granularity.ts'
import { suspectsAlone } from './suspect-windows.ts'

const day = 86_400

/** What a read starts from. All times are Unix seconds. */
export interface WindowPlanInput {
  readonly rule: CheckpointRule
  readonly checkpoint: Checkpoint | undefined
  /** The pipeline's “pick up records from”, for a first read, and for one of what is older than the claim. */
  readonly startAt: number | undefined
  /** The API's time: no later than it is. */
  readonly now: number
  /** The latest that it may be, where that is not certain; absent: now. */
  readonly latest?: number
  readonly partitions: number
}

export interface WindowPlan extends Wanted {
  /** What may be claimed when all windows are done. */
  readonly through: number
  /** From where on that may be claimed; undefined is from the beginning. */
  readonly since: number | undefined
  /** Of the windows in which an earlier read failed. */
  readonly ofSuspects: Wanted
  readonly windows: readonly OpenWindow[]
}

/** Which records of a window are wanted. */
export interface Wanted {
  /** Records that changed before this are not: they are claimed already, or older than the start. */
  readonly from: number | undefined
  /** `from` is what is claimed already, not a start date: whoever may have changed since is wanted. */
  readonly fromClaim: boolean
}

/**
 * The windows of the next read: those that an unfinished read left, and beside them, where these are only suspects, all up to now; or, where
 * the start date was moved back, one from there to where the claim begins; or one from the checkpoint, less its overlap, to now.
 * A checkpoint never claims the last `lagSeconds`, in which a change may not be findable yet.
 */
export function planWindows(input: WindowPlanInput): WindowPlan {
  const { rule, checkpoint, now } = input
  if (checkpoint?.reading) {
    const { through, since, windows } = checkpoint.reading
    const older = checkpoint.through !== undefined && begins(since) < begins(checkpoint.since)
    const fromClaim = !older && checkpoint.through !== undefined
    const ofSuspects = { from: older ? since : wantedFrom(input), fromClaim }
    const suspects = suspectsAlone(checkpoint.reading)
    if (!suspects) return { through, since, ...ofSuspects, ofSuspects, windows }
    const newer = planWindows({ ...input, checkpoint: asIfRead(checkpoint), startAt: since })
    return { ...newer, ofSuspects, windows: [...newer.windows, ...suspects] }
  }
  const { startAt } = input
  const breadth = slack[granularityOf(rule)]
  if (checkpoint?.through !== undefined && wantsOlder(checkpoint, startAt)) {
    const before = rule.filter === 'client' ? undefined : (checkpoint.since ?? 0) + breadth
    const wanted = { from: startAt, fromClaim: false }
    return {
      through: checkpoint.through,
      since: startAt,
      ...wanted,
      ofSuspects: wanted,
      windows: windowsBetween(startAt, before, input),
    }
  }
  const wanted = { from: wantedFrom(input), fromClaim: checkpoint?.through !== undefined }
  return {
    through: Math.max(now - (rule.lagSeconds ?? 0), checkpoint?.through ?? 0),
    since: checkpoint?.through === undefined ? startAt : checkpoint.since,
    ...wanted,
    ofSuspects: wanted,
    windows: lookForVanished(
      windowsBetween(
        checkpoint?.through ?? startAt,
        rule.ends === 'run_start' ? (input.latest ?? now) + breadth : undefined,
        input,
      ),
      checkpoint?.vanished ?? [],
      rule,
    ),
  }
}

/** What could be claimed if nothing were left of an unfinished read. */
function asIfRead({ vanished = [], reading }: Checkpoint): Checkpoint {
  const { through, since } = reading ?? {}
  return {
    version: 1,
    ...(through === undefined ? {} : { through }),
    ...(since === undefined ? {} : { since }),
    vanished,
  }
}

/** Whether the start date was moved back, or taken away, so that records from before the claim are wanted now. */
export function wantsOlder(checkpoint: Checkpoint | undefined, startAt: number | undefined): boolean {
  return checkpoint?.through !== undefined && begins(startAt) < begins(checkpoint.since)
}

function begins(since: number | undefined): number {
  return since ?? -Infinity
}

/** One window for each partition, early enough for what the API's filter may be off by. */
function windowsBetween(
  since: number | undefined,
  before: number | undefined,
  { rule, partitions, now }: WindowPlanInput,
): readonly OpenWindow[] {
  const margin = Math.max(rule.overlapSeconds ?? 1, slack[granularityOf(rule)])
  const oldest = rule.oldestDays === undefined ? 0 : now - rule.oldestDays * day
  const after = Math.max(oldest, since === undefined ? 0 : since - margin)
  const whole: OpenWindow = {
    ...(rule.filter === 'client' ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  }
  return Array.from({ length: partitions }, (_, partition) =>
    inLengths(whole, rule).map((bounds) => (partitions === 1 ? bounds : { ...bounds, partition })),
  ).flat()
}

/** The windows that an API takes in place of one that is too long for it. Neighbours overlap, as those of `splitWindow` do. */
function inLengths(whole: OpenWindow, rule: CheckpointRule): readonly OpenWindow[] {
  const { after, before } = whole
  const breadth = slack[granularityOf(rule)]
  const step = (rule.longestDays ?? Infinity) * day - breadth
  if (after === undefined || before === undefined || step <= 0 || before - after <= step + breadth)
    return [whole]
  const parts = Math.ceil((before - breadth - after) / step)
  return Array.from({ length: parts }, (_, part) => ({
    after: after + part * step,
    before: Math.min(before, after + (part + 1) * step + breadth),
  }))
}

/**
 * The moment from which on records are wanted. A window begins earlier than the claim ends, by an overlap. Where filters compare days, the
 * overlap only makes up for that: what it brings is claimed already and not wanted. Otherwise it is there because the API may list a change
 * late: what it brings is wanted.
 */
function wantedFrom({ rule, checkpoint, startAt }: WindowPlanInput): number | undefined {
  if (checkpoint?.through === undefined) return startAt
  return checkpoint.through - (granularityOf(rule) === 'day' ? 0 : (rule.overlapSeconds ?? 1))
}

export interface SplitInput {
  readonly rule: CheckpointRule
  readonly window: OpenWindow
  /** Into how many windows. */
  readonly parts: number
  /** Where its records are, as far as is known: only the inner bounds depend on it. Unix seconds. */
  readonly oldest: number
  readonly newest: number
  /** The account's time zone, if it is known. */
  readonly timezone: string | undefined
}

/**
 * Windows that together match whatever the one matched, with as little twice as the API's granularity allows; just the one where
 * it cannot be cut. Neighbours share a bound: the earlier one ends `slack` after it, so there is no gap in any zone.
 */
export function splitWindow(input: SplitInput): readonly OpenWindow[] {
  const { window, rule } = input
  const granularity = granularityOf(rule)
  const first = Math.max(window.after ?? 0, input.oldest)
  const last = Math.min(window.before ?? Infinity, input.newest)
  const cuts = new Set<number>()
  for (let part = 1; part < input.parts; part++) {
    const cut = snap(Math.round(first + ((last - first) * part) / input.parts), granularity, input.timezone)
    if (cut > first && cut > (window.after ?? 0) && cut + slack[granularity] < last) cuts.add(cut)
  }
  const bounds = [...cuts].toSorted((a, b) => a - b)
  const { position: _, parents: __, ...plain } = window
  return [...bounds, undefined].map((cut, place) => {
    const before = cut === undefined ? window.before : cut + slack[granularity]
    const after = place === 0 ? window.after : bounds[place - 1]
    return {
      ...plain,
      ...(after === undefined ? {} : { after }),
      ...(before === undefined ? {} : { before }),
    }
  })
}

/**
 * A moment near this one at which neither UTC nor the account's zone is in the last hour of its day: then a bound and the
 * same bound `slack` later fall on consecutive days, and neighbouring windows match no day twice.
 */
function snap(moment: number, granularity: keyof typeof slack, timezone: string | undefined): number {
  if (granularity === 'second') return moment
  if (granularity === 'minute') return Math.floor(moment / 60) * 60
  const midnight = Math.floor(moment / day) * day
  const calm = [12, 6, 18, 3].find((hour) => hourIn(timezone, midnight + hour * 3600) < 22)
  return midnight + (calm ?? 12) * 3600
}

function hourIn(timezone: string | undefined, moment: number): number {
  const format = timezone === undefined ? undefined : hourFormat(timezone)
  return format ? Number(format.format(new Date(moment * 1000))) : 0
}

/** Undefined for a zone that nobody knows. Kept, since making one takes as long as reading a page. */
function hourFormat(timezone: string): Intl.DateTimeFormat | undefined {
  if (!hourFormats.has(timezone)) {
    if (hourFormats.size > 1000) hourFormats.clear()
    hourFormats.set(timezone, makeHourFormat(timezone))
  }
  return hourFormats.get(timezone)
}

const hourFormats = new Map<string, Intl.DateTimeFormat | undefined>()

function makeHourFormat(timezone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone, hour: 'numeric', hourCycle: 'h23' })
  } catch {
    return undefined
  }
}
