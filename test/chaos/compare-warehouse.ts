import { setTimeout as wait } from 'node:timers/promises'
import { differences, type LandedRow } from '../engine/compare-tables.ts'
import { allObjects } from '../engine/intercom-workspace.ts'
import { markedRoots } from './check-claims.ts'
import { mergedObjects } from './object-families.ts'
import type { SandboxProcess } from './sandbox-process.ts'
import type { TruthHistory } from './truth-history.ts'
import type { Warehouse } from './warehouse.ts'

/**
 * How the tables differ from the truth, row for row and value for value, once a run succeeded and nothing changed since. Rows of records
 * that vanished from the source without a trace may be there still, and so may what was read out of records that are marked as deleted; nothing else may be there, be marked as deleted, or be missing.
 */
export async function compareWarehouse(
  warehouse: Warehouse,
  sandbox: SandboxProcess,
  history: TruthHistory,
): Promise<readonly string[]> {
  const found: string[] = []
  const rejected = await warehouse.query(
    'select object, key, reason from intercom._penstock_rejected limit 3',
  )
  for (const { object, key, reason } of rejected)
    found.push(`${String(object)} ${String(key)} was rejected: ${String(reason)}`)
  for (const object of allObjects) {
    const rows = await warehouse.query(`select * from intercom.${object}`)
    const marked = rows.filter((row) => row['_deleted_at'] !== null)
    const wrong = await wronglyMarked(object, marked, sandbox)
    found.push(...wrong.map((key) => `${object} ${key} is marked as deleted, and is not`))
    const { root = object, rootKey = 'id' } = mergedObjects[object] ?? {}
    const gone =
      root === object ? new Set(marked.map((row) => String(row['id']))) : await markedRoots(root, warehouse)
    const isGone = (record: LandedRow) => gone.has(String(record[rootKey]))
    const truth = (history.now.get(object) ?? []).filter((record) => !isGone(record))
    const standing = rows.filter(
      (row) => row['_deleted_at'] === null && !isGone(row) && !isLeftOver(object, row, history),
    )
    found.push(...differences(object, history.primaryKey(object), truth, standing))
  }
  return found
}

/** A merged row whose record, or whose parent, was there once and vanished; or one of the parts beyond the 500 that can be read. */
function isLeftOver(object: string, row: LandedRow, history: TruthHistory): boolean {
  const family = mergedObjects[object]
  if (!family) return false
  const id = String(row[family.rootKey])
  const lives = (history.now.get(family.root) ?? []).some((record) => String(record['id']) === id)
  if (!lives) return history.wasThere(family.root, id)
  if (object !== 'conversation_parts' && object !== 'email_address_header') return false
  const parts = (history.now.get('conversation_parts') ?? []).filter((part) => part['conversation_id'] === id)
  const shown = object === 'conversation_parts' ? row['id'] : row['conversation_part_id']
  const isBeyond = parts.length === 500 && !parts.some((part) => part['id'] === shown)
  return isBeyond && history.wasThere(object, history.keyOf(object, row))
}

/** A row is rightly marked where its record cannot be fetched: the sandbox says 404. Only conversations are ever fetched one by one. */
async function wronglyMarked(
  object: string,
  marked: readonly LandedRow[],
  sandbox: SandboxProcess,
): Promise<readonly string[]> {
  const wrong: string[] = []
  const root = mergedObjects[object]
  for (const row of marked) {
    const id = String(row[root?.rootKey ?? 'id'])
    if ((await statusOf(`${sandbox.url}/${root?.root ?? object}/${id}`)) !== 404) wrong.push(id)
  }
  return wrong
}

/** What the sandbox answers, once its rate limit, which counts our questions too, lets one through. */
async function statusOf(url: string): Promise<number> {
  const headers = { authorization: 'Bearer sandbox-token', 'intercom-version': '2.15' }
  for (;;) {
    const response = await fetch(url, { headers })
    await response.arrayBuffer()
    if (response.status !== 429) return response.status
    await wait(200)
  }
}
