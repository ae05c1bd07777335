import type { Actor } from '../actor.ts'
import type { Destination } from '../engine/destination.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { findConnection, listOtherAccounts } from '../store/connection-rows.ts'
import { findWipe, lockWipe, updateWipe } from '../store/wipe-rows.ts'
import { openDestination } from './load-destination.ts'
import { refuseUnusable } from './refuse-unusable.ts'
import { readProgress } from './wipe-progress.ts'
import type { WipeObject, WipeTarget } from './wipe-progress.ts'

export interface TargetToWipe {
  readonly wipeId: string
  readonly target: WipeTarget
  readonly signal: AbortSignal
}

/**
 * Removes what is left of a schema, object by object. A table that holds another connection's account by now stays: it was made after this
 * connection's had gone. Throws what the destination throws; what was done stays done.
 */
export async function wipeTarget(actor: Actor, { wipeId, target, signal }: TargetToWipe): Promise<void> {
  const left = target.objects.filter(({ done }) => !done)
  if (left.length === 0) return
  const destination = await openTarget(actor, wipeId, target)
  if (!destination) {
    for (const { object } of left) await markDone(actor, wipeId, target, { object, rows: 0, gone: true })
    return
  }
  try {
    const foreign = await findForeign(actor, wipeId, destination, left)
    for (const one of left) {
      signal.throwIfAborted()
      const rows = foreign.has(one.object) ? 0 : await wipeObject(actor, wipeId, destination, { target, one })
      await markDone(actor, wipeId, target, { object: one.object, rows, gone: false })
    }
  } finally {
    await destination.close()
  }
}

/** Undefined where the destination was removed: nobody knows any more where it was. */
async function openTarget(
  actor: Actor,
  wipeId: string,
  { destinationId, schema }: WipeTarget,
): Promise<Destination | undefined> {
  const { row, secrets, connectionId } = await actor.transaction(async (tx) => {
    const wipe = await findWipe(tx, actor.workspaceId, wipeId)
    return {
      row: await findConnection(tx, actor.workspaceId, destinationId),
      secrets: readProgress(wipe?.progress).secrets,
      connectionId: wipe?.connectionId,
    }
  })
  if (!row) return undefined
  const itself = row.id === connectionId
  if (!itself) refuseUnusable(row)
  const loaded = await openDestination(actor, itself ? { ...row, secrets } : row)
  return await loaded.open(schema)
}

async function findForeign(
  actor: Actor,
  wipeId: string,
  destination: Destination,
  objects: readonly WipeObject[],
): Promise<ReadonlySet<string>> {
  const others = await actor.transaction(async (tx) => {
    const wipe = await findWipe(tx, actor.workspaceId, wipeId)
    return await listOtherAccounts(tx, actor.workspaceId, wipe?.connectionId ?? '')
  })
  const stored = await destination.describe(objects.map(({ object }) => object))
  return new Set([...stored].filter(([, { source }]) => others.has(source)).map(([object]) => object))
}

/** Counted first, and that made durable: after a crash in the midst of the removal nobody could tell any more. */
async function wipeObject(
  actor: Actor,
  wipeId: string,
  destination: Destination,
  { target, one }: { readonly target: WipeTarget; readonly one: WipeObject },
): Promise<number> {
  const counted = one.counted ?? (await destination.countRows([one.object])).get(one.object)?.rows ?? 0
  if (one.counted === null) await mark(actor, { wipeId, target, object: one.object }, { counted })
  const removed = (await destination.wipe([one.object])).get(one.object) ?? 0
  return Math.max(counted, removed)
}

async function markDone(
  actor: Actor,
  wipeId: string,
  target: WipeTarget,
  { object, rows, gone }: { readonly object: string; readonly rows: number; readonly gone: boolean },
): Promise<void> {
  const why = 'The destination was removed, so nothing of it can be reached.'
  await mark(
    actor,
    { wipeId, target, object },
    { counted: rows, done: true },
    { destination: target.destinationName, schema: target.schema, rows, ...(gone ? { why } : {}) },
  )
}

interface Place {
  readonly wipeId: string
  readonly target: WipeTarget
  readonly object: string
}

/** Changes how an object stands; with `audited`, in one transaction with its audit row, so that there is exactly one. */
async function mark(
  actor: Actor,
  { wipeId, target: { destinationId, schema }, object }: Place,
  change: { readonly counted: number; readonly done?: boolean },
  audited?: object,
): Promise<void> {
  await actor.transaction(async (tx) => {
    const wipe = await lockWipe(tx, actor.workspaceId, wipeId)
    const progress = readProgress(wipe?.progress)
    const target = progress.targets.find(
      (one) => one.destinationId === destinationId && one.schema === schema,
    )
    const found = target?.objects.find((one) => one.object === object)
    if (!found || found.done) return
    Object.assign(found, change)
    await updateWipe(tx, actor.workspaceId, wipeId, { progress })
    if (audited)
      await recordAudit(tx, actor, {
        action: 'wipe.object',
        subject: { type: 'object', id: `${wipeId}:${destinationId}:${schema}:${object}`, name: object },
        after: audited,
      })
  })
}
