import type { CheckpointRule } from '@penstock/schemas/generated/manifest.ts'
import { concurrently } from './concurrently.ts'
import { expandDerived, expandRecord, type Errand } from './expand-record.ts'
import type { Page } from './fetch-page.ts'
import { keyText, type ObjectNode } from './object-tree.ts'
import { readPath, type Json } from './read-path.ts'
import { mayBeAfter, recordTime } from './record-time.ts'
import type { References } from './render-template.ts'
import type { RequestsAhead } from './requests-ahead.ts'
import { RowUnit } from './row-unit.ts'
import { countGone, isGone, runErrands, type ErrandContext } from './run-errand.ts'
import type { UnreadRecords } from './unread-records.ts'

export interface PageContext extends ErrandContext {
  readonly root: ObjectNode
  /** A record with the fields set that the manifest fills, from what is known of its page. */
  readonly fill: (record: Json, references: References) => Json
  readonly rule: CheckpointRule | undefined
  /** Records that changed before this moment are counted as filtered, and not read further. Unix seconds; undefined: all are wanted. */
  readonly from: number | undefined
  /** `from` is the end of a claim, not a start date: see `WindowPlan`. */
  readonly fromClaim?: boolean
  /** This is the second look at a list, for what moved: a record that this run has met in the same version is passed over, uncounted. */
  readonly again?: boolean
  /** Keys (`keyText`) of records that could not be found by an earlier read. They are wanted whenever they changed. */
  readonly vanished?: ReadonlySet<string>
  /** Of this window only the records in `vanished` are wanted. */
  readonly only?: boolean
  /** Parents whose children are durable already: key → the version that was read. */
  readonly done: ReadonlyMap<string, number | null>
  /** The newest version of each record that changed while the run went on. */
  readonly recent: RecentVersions
  readonly parallel: number
  /** Hears of records whose requests fail; absent: one of them fails the read. */
  readonly unread?: UnreadRecords | undefined
  /** Absent: a crash makes the whole read again. */
  readonly ahead?: RequestsAhead
  send(unit: RowUnit): Promise<void>
}

interface Waiting {
  readonly record: Json
  readonly errands: readonly Errand[]
}

/**
 * Turns a page into units. Where records have errands, what the page itself holds is sent first, since it grows older while they run;
 * then what they bring, record by record, as soon as they are done. The last unit is given back, to be sent with the progress that the
 * whole page has earned.
 */
export async function processPage(page: Page, window: number, context: PageContext): Promise<RowUnit> {
  const whole = new RowUnit()
  whole.bytes = page.bytes
  whole.requests = 1
  const waiting = expandPage(page.records, whole, context)
  if (waiting.length === 0) return whole
  await context.send(whole)
  // Marked after the page's own rows have landed, or the row would seem to have come back.
  const vanished = new RowUnit()
  const errands = async () =>
    concurrently(waiting, context.parallel, async (one) => {
      await context.ahead?.takeErrand(context.signal)
      try {
        const unit = await expandErrands(one, { window, vanished }, context)
        if (unit) await context.send(unit)
        else context.ahead?.giveBack(1)
      } catch (error) {
        context.ahead?.giveBack(1)
        throw error
      }
    })
  await (context.ahead ? context.ahead.hold(errands) : errands())
  return vanished
}

/** What a record's errands bring; undefined where it vanished meanwhile, or where they fail for ever, which is noted. */
async function expandErrands(
  { record, errands }: Waiting,
  { window, vanished }: { readonly window: number; readonly vanished: RowUnit },
  context: PageContext,
): Promise<RowUnit | undefined> {
  const unit = new RowUnit()
  unit.requests = 1
  const [key, version] = [keyText(record, context.root), timeOf(record, context)]
  const sought = context.vanished?.has(key) === true
  const came = await runUnlessVanished(errands, sought, unit, context).catch((error: unknown) => {
    const unread = version === null ? undefined : context.unread?.leave(key, errands, error)
    if (!unread) throw error
    return unread
  })
  if (came !== true) {
    const unread = came === false ? {} : { unread: came }
    if (came === false) noteVanished(record, { sought, unit: vanished }, context)
    if (version !== null) vanished.progress.push({ type: 'vanished', window, key, time: version, ...unread })
    return undefined
  }
  context.unread?.passed()
  unit.moved = context.recent.changed(version)
  if (!context.recent.isNewest(key, version)) dropRows(unit)
  else if (unit.missed.length === 0 || version === null)
    unit.progress.push({ type: 'parent', window, key, version })
  else unit.progress.push({ type: 'vanished', window, key, time: version })
  if (!sought) for (const object of unit.missed) unit.table(object).vanished++
  return unit
}

/** A newer version of the record was met while its errands ran, and has errands of its own: what these brought must not land after it. */
function dropRows(unit: RowUnit): void {
  for (const table of unit.tables.values()) {
    table.unchanged += table.rows.length
    table.rows.length = 0
    table.parents.length = 0
    table.gone.length = 0
    table.capped = 0
  }
}

function expandPage(records: readonly Json[], unit: RowUnit, context: PageContext): Waiting[] {
  const waiting: Waiting[] = []
  for (const found of records) {
    const record = context.fill(found, context.references)
    if (!isWanted(record, unit, context)) continue
    const errands = expandRecord(context.root, record, {}, unit)
    const done = context.done.get(keyText(record, context.root))
    if (errands.length > 0 && (done === undefined || done !== timeOf(record, context)))
      waiting.push({ record, errands })
  }
  return waiting
}

/**
 * Whether a record of the list is to be read further. One that is not is counted here, as filtered (it is older than `from`) or as unchanged
 * (this run met a newer version of it). Not counted are what a second look passes over, since the first has counted it, and, with `only`,
 * what is not looked for.
 */
function isWanted(record: Json, unit: RowUnit, context: PageContext): boolean {
  const table = unit.table(context.root.object)
  const time = timeOf(record, context)
  const sought = context.vanished?.has(keyText(record, context.root)) === true
  if (context.only === true && !sought) return false
  const outside = !sought && time !== null && isBefore(time, context.from, context.fromClaim)
  const wanted = !outside && isNews(keyText(record, context.root), time, context)
  if (!wanted && context.again === true) return false
  if (outside) table.filtered++
  else if (!wanted) table.unchanged++
  if (!wanted) table.extracted++
  unit.moved ||= context.recent.changed(time)
  return wanted
}

function isNews(key: string, time: number | null, { recent, again }: PageContext): boolean {
  return !(again === true && recent.has(key, time)) && recent.isNewest(key, time)
}

/** Whether a record of this time changed before `from`, Unix seconds; where that is a claim, whether it surely did. */
export function isBefore(time: number, from: number | undefined, fromClaim = false): boolean {
  return from !== undefined && time < from && !(fromClaim && mayBeAfter(time, from))
}

/**
 * False where the record itself was gone when its errands were run: it was deleted meanwhile, and nothing failed. `sought`: it was gone
 * before, so that its being gone again says nothing new.
 */
async function runUnlessVanished(
  errands: readonly Errand[],
  sought: boolean,
  unit: RowUnit,
  context: PageContext,
): Promise<boolean> {
  const counts = context.tally.of(context.root.object)
  if (!sought) counts.visited++
  try {
    await runErrands(errands, unit, context)
    return true
  } catch (error) {
    if (!isGone(error, errands) || !(sought || countGone(counts))) throw error
    return false
  }
}

/** Marks a record's row as deleted, and takes what was derived from it away. `sought`: it was gone before, and counted then. */
function noteVanished(
  record: Json,
  { sought, unit }: { readonly sought: boolean; readonly unit: RowUnit },
  { root }: PageContext,
): void {
  const key = root.manifest.primaryKey.map(
    (field) => root.shape?.cellFor(field, readPath(record, field)) ?? null,
  )
  if (root.shape && !key.includes(null)) unit.table(root.object).gone.push(key)
  if (!sought) unit.table(root.object).vanished++
  for (const below of root.below) {
    const { read } = below.manifest
    if (read.type === 'derived') expandDerived(below, read, { record, given: {} }, [], unit)
  }
}

function timeOf(record: Json, context: PageContext): number | null {
  return (context.rule && recordTime(record, context.rule)) ?? null
}

/**
 * Two windows may meet the same record in two versions, and the older one may be worked on last. Its row is protected by its
 * version in the destination; what is derived from it is protected here. Only records that change while the run goes on can do
 * that, so only those are remembered.
 */
export class RecentVersions {
  readonly #since: number
  readonly #newest = new Map<string, number>()

  constructor(since: number) {
    this.#since = since
  }

  /** Whether a record of this version may have been met in an older one. */
  changed(version: number | null): boolean {
    return version !== null && version >= this.#since
  }

  /** Whether a record that changed lately was met in this version. */
  has(key: string, version: number | null): boolean {
    return version !== null && this.#newest.get(key) === version
  }

  /** False where a newer version of this record was met before. */
  isNewest(key: string, version: number | null): boolean {
    if (version === null) return true
    const known = this.#newest.get(key)
    if (known !== undefined && known > version) return false
    if (version >= this.#since && this.#newest.size < 500_000) this.#newest.set(key, version)
    return true
  }
}
