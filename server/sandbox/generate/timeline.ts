import type { Draw } from './draw.ts'

const twoYears = 730 * 86_400

/** When the records of one object came to be and last changed, in Unix seconds, without keeping a list of them. */
export interface Timeline {
  /** Never falls as the index grows, so that ids in the order of the index are in the order of creation. */
  readonly createdAt: (index: number) => number
  readonly updatedAt: (index: number) => number
  /** Somewhere between creation and the last change, `share` of the way (0 to 1). */
  readonly between: (index: number, share: number) => number
  /** All of these for one record: cheaper where many are needed. */
  datesOf(index: number): {
    readonly created: number
    readonly updated: number
    readonly at: (share: number) => number
  }
}

/**
 * Spreads `count` records over the two years up to `end` (Unix seconds). One record in ten was last changed in the
 * same second, by an import: more equal timestamps than fit on a page. Three in ten never changed.
 */
export function spreadOver(count: number, end: number, draw: Draw): Timeline {
  const start = end - twoYears
  const slot = (twoYears - 7200) / Math.max(count, 1)
  const importedAt = end - 41 * 86_400 + 777
  const createdAt = (index: number) => start + Math.floor((index + (draw(index, 1) % 900) / 1000) * slot)
  const updatedAt = (index: number) => {
    const created = createdAt(index)
    const drawn = draw(index, 2)
    if (drawn % 10 < 3) return created
    if (drawn % 10 === 3) return Math.max(created, importedAt)
    return created + Math.floor(((drawn >>> 8) / 0x1000000) * (end - 3600 - created))
  }
  const datesOf = (index: number) => {
    const created = createdAt(index)
    const updated = updatedAt(index)
    return { created, updated, at: (share: number) => created + Math.floor((updated - created) * share) }
  }
  return { createdAt, updatedAt, between: (index, share) => datesOf(index).at(share), datesOf }
}

/** A 24-hex id in the form of a Mongo ObjectId: seconds, then a workspace's and a record's own digits. */
export function objectIdOf(seconds: number, middle: string, index: number): string {
  return (seconds >>> 0).toString(16).padStart(8, '0') + middle + index.toString(16).padStart(6, '0')
}
