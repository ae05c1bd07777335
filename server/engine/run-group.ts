import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { Destination, OpenTables, StoredTable } from './destination.ts'
import { failurePolicies, type RunFailure } from './failures.ts'
import { openGroup, shapesOf, specOf, type GroupRun } from './group-run.ts'
import { mergeTables } from './merge-tables.ts'
import { allNodes, pruneTree, type ObjectNode } from './object-tree.ts'
import { replaceInWindows, replaceTables } from './replace-tables.ts'
import { ErrandFailure } from './run-errand.ts'
import { asRunFailure, type RunOutcome } from './run-outcome.ts'
import { unreadOf, UnreadRecords } from './unread-records.ts'

export interface GroupInput extends Omit<GroupRun, 'tables' | 'checkpoints' | 'altered' | 'tree' | 'unread'> {
  readonly tree: ObjectNode
  readonly destination: Destination
  readonly claim: { readonly run: string; readonly source: string }
  readonly outcome: RunOutcome
  readonly stored: ReadonlyMap<string, StoredTable>
  /** Something happened that ends the whole run. */
  readonly stopRun: (reason: RunFailure) => void
  /** The tables are open, and reading begins. */
  readonly onStart: (tables: Pick<OpenTables, 'checkpoints' | 'counts'>) => void
  /** Where an object's last commit left off, for the report. */
  readonly onCheckpoint: (object: string, checkpoint: Checkpoint | undefined) => void
}

/**
 * Reads one list and everything under it, and lands what the pipeline wants of it. An object below that cannot be read is taken out
 * and the rest goes on. Never rejects: every wanted object of the tree has an outcome afterwards.
 */
export async function runGroup(input: GroupInput): Promise<void> {
  let tree: ObjectNode | undefined = input.tree
  let tables: OpenTables | undefined
  try {
    tables = await openGroup(input.destination, tree, input.stored, input.claim)
    input.onStart(tables)
    const checkpoints = new Map(tables.checkpoints)
    const altered = new Map<string, number>()
    const unread = new UnreadRecords()
    try {
      while (tree) {
        const left = await runTree({ ...input, tree, tables, checkpoints, altered, unread }, input)
        if (left === 'done') break
        tree = left
      }
    } finally {
      for (const [object, checkpoint] of checkpoints) input.onCheckpoint(object, checkpoint)
    }
  } catch (error) {
    failAll(tree ?? input.tree, error, input)
  } finally {
    await tables?.release()
  }
}

/** Runs a tree to its end; or gives the tree without the object that failed below. */
async function runTree(group: GroupRun, input: GroupInput): Promise<ObjectNode | 'done' | undefined> {
  try {
    await landTree(group)
  } catch (error) {
    if (!(error instanceof ErrandFailure)) throw error
    const failure = asRunFailure(error.cause, group.signal)
    if (failurePolicies[failure.kind].effect === 'run') throw failure
    const below = allNodes(group.tree).find(({ object }) => object === error.object)
    if (below) failAll(below, failure, input)
    return pruneTree(group.tree, error.object)
  }
  for (const [object, shape] of shapesOf(group.tree)) {
    await group.tables.alter(specOf(shape, group.stored))
    const { length: missing } = unreadOf(object, group.checkpoints.get(object))
    if (missing > 0) input.outcome.failed(object, group.unread.failureOf(object, missing))
    else input.outcome.finished(object, group.tally.of(object), { judged: isReplaced(group) })
  }
  return 'done'
}

async function landTree(group: GroupRun): Promise<void> {
  const { rule } = group
  if (!rule) return replaceTables(group)
  return isReplaced(group) ? replaceInWindows(group, rule) : mergeTables(group, rule)
}

function isReplaced({ rule, fullRefresh }: GroupRun): boolean {
  return !rule || fullRefresh
}

function failAll(tree: ObjectNode, error: unknown, input: GroupInput): void {
  const failure = asRunFailure(error, input.signal)
  if (failurePolicies[failure.kind].effect === 'run') input.stopRun(failure)
  for (const object of shapesOf(tree).keys()) input.outcome.failed(object, failure)
}
