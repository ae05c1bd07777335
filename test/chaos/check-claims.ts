import { parseCheckpoint } from '@penstock/server/destinations/stored-json.ts'
import { changedAt, mergedObjects } from './object-families.ts'
import type { Truth } from './sandbox-process.ts'
import type { TruthHistory } from './truth-history.ts'
import type { Warehouse } from './warehouse.ts'

/**
 * What must hold whenever nobody writes, also right after a crash: no primary key twice, and every record that a checkpoint speaks for is
 * there in at least the version that it had then. Answers what does not hold.
 */
export async function checkClaims(warehouse: Warehouse, history: TruthHistory): Promise<readonly string[]> {
  const found: string[] = []
  const stored = await warehouse.query('select object, checkpoint from intercom._penstock_checkpoints')
  for (const { object, checkpoint } of stored) {
    if (typeof object !== 'string') continue
    found.push(...(await findTwins(object, warehouse, history)))
    const through = parseCheckpoint(typeof checkpoint === 'string' ? checkpoint : null)?.through
    if (through !== undefined && Object.hasOwn(mergedObjects, object))
      found.push(...(await findUnkept(object, through, warehouse, history)))
  }
  return found
}

async function findTwins(
  object: string,
  warehouse: Warehouse,
  history: TruthHistory,
): Promise<readonly string[]> {
  const key = history.primaryKey(object).join(', ')
  const twins = await warehouse.query(
    `select ${key} from intercom.${object} group by ${key} having count(*) > 1`,
  )
  return twins.length === 0 ? [] : [`${object} has ${twins.length} primary keys more than once`]
}

/** Records that changed before `through`, and that are not in the table as they were by then. */
async function findUnkept(
  object: string,
  through: number,
  warehouse: Warehouse,
  history: TruthHistory,
): Promise<readonly string[]> {
  const family = mergedObjects[object] ?? { root: object, rootKey: 'id' }
  const time = changedAt(family.root)
  const gone = await markedRoots(family.root, warehouse)
  const roots = (history.now.get(family.root) ?? []).filter(
    (record) => Number(record[time]) < through && !gone.has(String(record['id'])),
  )
  const claimed = new Map(roots.map((record) => [String(record['id']), Number(record[time])]))
  const isRoot = object === family.root
  const columns = [...history.primaryKey(object), ...(isRoot ? [time] : [])].join(', ')
  const rows = await warehouse.query(`select ${columns} from intercom.${object}`)
  const there = new Map(rows.map((row) => [history.keyOf(object, row), row]))
  const isKept = (record: Truth) => {
    const row = there.get(history.keyOf(object, record))
    return row !== undefined && (!isRoot || Number(row[time]) >= Number(record[time]))
  }
  const lost = (history.now.get(object) ?? []).filter(
    (record) => claimed.has(String(record[family.rootKey])) && !isKept(record),
  )
  const examples = lost.slice(0, 3).map((record) => history.keyOf(object, record))
  return lost.length === 0
    ? []
    : [
        `the checkpoint of ${object} claims ${through}, but ${lost.length} rows are not there: ${examples.join(', ')}`,
      ]
}

/** Ids of records that could be listed and not be fetched: they are marked as deleted, and what was read out of them may be gone. */
export async function markedRoots(root: string, warehouse: Warehouse): Promise<ReadonlySet<string>> {
  const rows = await warehouse.query(`select id from intercom.${root} where _deleted_at is not null`)
  return new Set(rows.map((row) => String(row['id'])))
}
