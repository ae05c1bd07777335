import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'
import { listLandedObjects } from '../store/wipe-rows.ts'
import type { LandedObject } from '../store/wipe-rows.ts'
import type { SplitSettings } from './check-settings.ts'
import { describeTarget, unsavedDestination } from './create-destination.ts'
import { openDestination } from './load-destination.ts'
import type { LoadedDestination } from './load-destination.ts'

/**
 * “Delete all data” goes where a destination is now. Throws `CONFLICT` for settings that name another place while what was landed is still in
 * the one before, or may be, and none of it in the new one: a database that moved with its tables may follow them.
 */
export async function keepWithinReach(actor: Actor, row: ConnectionRow, split: SplitSettings): Promise<void> {
  const place = describeTarget(row.connector, split)['name']
  if (row.accountName === null || place === row.accountName) return
  const landed = await actor.transaction((tx) => listLandedObjects(tx, actor.workspaceId, row.id))
  if (landed.length === 0 || (await holdsAny(await unsavedDestination(actor, row.connector, split), landed)))
    return
  if (await staysBehind(actor, row, landed))
    throw new DomainError(
      'CONFLICT',
      `What was landed is in ${row.accountName}, and “Delete all data” would not find it there any more. Make a new destination for ${place}, or move the tables there first, or delete all data of this destination before.`,
    )
}

/** A place that cannot be asked may hold everything. */
async function staysBehind(
  actor: Actor,
  row: ConnectionRow,
  landed: readonly LandedObject[],
): Promise<boolean> {
  if (row.state === 'disconnected') return true
  try {
    return await holdsAny(await openDestination(actor, row), landed)
  } catch {
    return true
  }
}

async function holdsAny(
  place: Pick<LoadedDestination, 'open'>,
  landed: readonly LandedObject[],
): Promise<boolean> {
  for (const [schema, objects] of Map.groupBy(landed, (one) => one.schema)) {
    const destination = await place.open(schema)
    try {
      const tables = await destination.describe([...new Set(objects.map(({ object }) => object))])
      if (tables.size > 0) return true
    } finally {
      await destination.close()
    }
  }
  return false
}
