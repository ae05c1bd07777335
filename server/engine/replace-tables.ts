import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { CheckpointRule } from '@penstock/schemas/generated/manifest.ts'
import { batchUnits, nameOf, type BatchedUnit } from './batch-units.ts'
import type { RejectedRecord, Row, TableBatch } from './destination.ts'
import { RunFailure } from './failures.ts'
import { catchUp, countWritten, filler, shapesOf, type GroupRun } from './group-run.ts'
import { readInWindows } from './merge-tables.ts'
import { RecentVersions } from './process-page.ts'
import { readGeneration } from './read-generation.ts'
import { countUnits } from './run-counts.ts'
import { RowUnit } from './row-unit.ts'
import { RunTally, tooManyRejected } from './run-tally.ts'
import { Spool } from './spool.ts'

/**
 * Replaces tables by a whole new generation: read to a proved end first, then loaded beside the old one, then swapped in. Whatever
 * goes wrong before the swap leaves the tables as they were.
 */
export async function replaceTables(group: GroupRun): Promise<void> {
  const spool = new Spool()
  const read = new Generation()
  try {
    const heldStill = await readGeneration({
      ...group,
      root: group.tree,
      fill: filler(group.list),
      recent: new RecentVersions(Infinity),
      send: async (unit) => {
        read.note(unit)
        await spool.add(unit)
        for (const object of unit.tables.keys()) group.onProgress(object)
      },
      readAgain: async () => {
        read.beginReading()
        await spool.beginReading()
      },
    })
    if (heldStill) read.keepLast()
    group.onRead(shapesOf(group.tree).keys())
    const seen = new Set<string>()
    for await (const helping of spool.helpings(heldStill ? 'last reading' : 'all')) {
      const units = helping.map(({ tables }) => ({ tables, rejected: [], versions: oldest(group) }))
      read.noteRepeats(
        await stage(units, group, (name) => {
          const known = seen.has(name)
          seen.add(name)
          return known
        }),
      )
    }
    const now = Math.floor(group.client.gate.serverNow() / 1000)
    await publish(group, read, { version: 1, replacedAt: now })
  } finally {
    await spool.clear()
  }
}

/** Reads an incremental object from its very beginning and replaces its tables by what came. */
export async function replaceInWindows(group: GroupRun, rule: CheckpointRule): Promise<void> {
  const read = new Generation()
  let claim: Checkpoint | undefined
  await readInWindows(group, { rule, checkpoint: undefined }, async (units, progress, onSent) => {
    onSent()
    for (const unit of units) {
      read.note(unit)
      for (const step of unit.progress) progress.apply(step)
    }
    const moved = new Set(units.flatMap((unit) => (unit.moved ? parentsOf(unit) : [])))
    read.noteRepeats(await stage(units, group, (name) => moved.has(name)))
    claim = progress.checkpoint()
  })
  await publish(group, read, claim ?? { version: 1 })
}

/** What was read for a generation, summed up: it is counted only when it is published. */
class Generation {
  /** Of each reading, as a unit without rows. */
  #readings: readonly RowUnit[] = [new RowUnit()]
  /** Rows that came more than once and were staged once, by object. */
  readonly repeats = new Map<string, number>()

  /** What is noted from now on belongs to another reading of the same list. */
  beginReading(): void {
    this.#readings = [...this.#readings, new RowUnit()]
  }

  /** The last reading is the whole list: the others are forgotten. */
  keepLast(): void {
    this.#readings = this.#readings.slice(-1)
  }

  note(unit: RowUnit): void {
    const reading = this.#readings.at(-1)
    if (!reading) return
    for (const [object, { extracted, filtered, unchanged, capped, vanished }] of unit.tables) {
      const counts = reading.table(object)
      counts.extracted += extracted
      counts.filtered += filtered
      counts.unchanged += unchanged
      counts.capped += capped
      counts.vanished += vanished
    }
    reading.rejected.push(...unit.rejected)
  }

  noteRepeats(repeats: ReadonlyMap<string, number>): void {
    for (const [object, count] of repeats) this.repeats.set(object, (this.repeats.get(object) ?? 0) + count)
  }

  get rejected(): readonly RejectedRecord[] {
    return this.#readings.flatMap(({ rejected }) => rejected)
  }

  /** All that was noted, without rows. */
  get units(): readonly RowUnit[] {
    return this.#readings
  }
}

/**
 * Puts rows beside the tables, in the shape that the tables have by now; answers how many were repeats of others, by object. `again`
 * says of a derived object's parent, by name, whether rows of an older reading of it may have been staged before.
 */
async function stage(
  units: readonly BatchedUnit[],
  group: GroupRun,
  again: (parent: string) => boolean,
): Promise<ReadonlyMap<string, number>> {
  for (let late = catchUp(group); late; late = catchUp(group)) await late
  const { batches, repeats } = batchUnits(units, shapesOf(group.tree))
  const staged = batches.map(({ parents, ...batch }): TableBatch => {
    const before = parents?.filter((parent) => again(parentName(batch.object, parent))) ?? []
    return before.length === 0 ? batch : { ...batch, parents: before }
  })
  const needed = staged.filter(({ rows, parents, gone }) => rows.length > 0 || parents || gone)
  if (needed.length > 0) await group.tables.stage(needed)
  return repeats
}

function parentsOf(unit: RowUnit): readonly string[] {
  return [...unit.tables].flatMap(([object, { parents }]) =>
    parents.map((parent) => parentName(object, parent)),
  )
}

function parentName(object: string, parent: Row): string {
  return `${object} ${nameOf(parent)}`
}

/** Of the spooled rows nobody knows to which version of the columns they belong. */
function oldest(group: GroupRun): ReadonlyMap<string, number> {
  return new Map([...shapesOf(group.tree)].map(([object, { version }]) => [object, version === 0 ? 0 : -1]))
}

async function publish(group: GroupRun, read: Generation, checkpoint: Checkpoint): Promise<void> {
  const objects = [...shapesOf(group.tree).keys()]
  for (const [object, counts] of countUnits(new RunTally(), objects, read)) {
    if (tooManyRejected(counts))
      throw new RunFailure('too_many_rejected', `Too many records of ${object} could not land.`)
  }
  const counts = countUnits(group.tally, objects, read)
  const result = await group.tables.publish({
    objects,
    guard: !group.fullRefresh,
    rejected: read.rejected,
    checkpoints: new Map(objects.map((object) => [object, checkpoint])),
    counts,
  })
  for (const object of objects) group.checkpoints.set(object, checkpoint)
  countWritten(group.tally, counts, result)
}
