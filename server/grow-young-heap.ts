import { setFlagsFromString } from 'node:v8'

/**
 * From now on V8 may let the young part of this process's heap grow, up to its limit: fewer collections, for some memory. Every process of
 * ours begins without (quick-start.js), for the sake of a run that shares its memory with DuckDB.
 */
export function growYoungHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=2')
}
