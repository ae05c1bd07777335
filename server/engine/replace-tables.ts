import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { CheckpointRule } from '@penstock/schemas/generated/manifest.ts'
import type { RejectedRecord, TableBatch } from './destination.ts'
import { RunFailure } from './failures.ts'
import { catchUp, countWritten, filler, shapesOf, type GroupRun } from './group-run.ts'
import { countRead, readInWindows } from './merge-tables.ts'
import { RecentVersions } from './process-page.ts'
import { readGeneration } from './read-generation.ts'
import { RowUnit } from './row-unit.ts'
import { RunTally, tooManyRejected } from './run-tally.ts'
import { Spool, type UnitRows } from './spool.ts'

/**
 * Replaces tables by a whole new generation: read to a proved end first, then loaded beside the old one, then swapped in. Whatever
 * goes wrong before the swap leaves the tables as they were.
 */
export async function replaceTables(group: GroupRun): Promise<void> {
  const spool = new Spool()
  let read = new Generation()
  try {
    await readGeneration({
      ...group,
      root: group.tree,
      fill: filler(group.list),
      recent: new RecentVersions(Infinity),
      send: async (unit) => {
        read.note(unit)
        await spool.add(unit)
        for (const object of unit.tables.keys()) group.onProgress(object)
      },
      startOver: async () => {
        read = new Generation()
        await spool.clear()
      },
    })
    group.onRead(shapesOf(group.tree).keys())
    for await (const helping of spool.helpings()) await stage(helping, group)
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
    await stage(units, group)
    claim = progress.checkpoint()
  })
  await publish(group, read, claim ?? { version: 1 })
}

/** What was read for a generation, counted only when it is published. */
class Generation {
  readonly rejected: RejectedRecord[] = []
  readonly #units: RowUnit[] = []

  note(unit: RowUnit): void {
    const counts = new RowUnit()
    for (const [object, { extracted, filtered, unchanged }] of unit.tables)
      Object.assign(counts.table(object), { extracted, filtered, unchanged })
    counts.rejected.push(...unit.rejected)
    this.rejected.push(...unit.rejected)
    this.#units.push(counts)
  }

  get units(): readonly RowUnit[] {
    return this.#units
  }
}

/** Puts rows beside the tables, in the shape that the tables have by now. */
async function stage(helping: readonly UnitRows[], group: GroupRun): Promise<void> {
  for (let late = catchUp(group); late; late = catchUp(group)) await late
  const batches: TableBatch[] = []
  for (const [object, shape] of shapesOf(group.tree)) {
    const rows = helping.flatMap((part) => part.tables.get(object)?.rows ?? [])
    if (rows.length > 0) batches.push({ object, rows: shape.version === 0 ? rows : shape.upgrade(rows, -1) })
  }
  if (batches.length > 0) await group.tables.stage(batches)
}

async function publish(group: GroupRun, read: Generation, checkpoint: Checkpoint): Promise<void> {
  const objects = [...shapesOf(group.tree).keys()]
  const trial = new RunTally()
  countRead(read.units, { tally: trial })
  for (const object of objects) {
    if (tooManyRejected(trial.of(object)))
      throw new RunFailure('too_many_rejected', `Too many records of ${object} could not land.`)
  }
  const result = await group.tables.publish({
    objects,
    guard: !group.fullRefresh,
    rejected: read.rejected,
    checkpoints: new Map(objects.map((object) => [object, checkpoint])),
  })
  for (const object of objects) group.checkpoints.set(object, checkpoint)
  countRead(read.units, group)
  countWritten(group.tally, objects, result, new Map())
}
