import type { RecordStore } from '../record-store.ts'
import { placeOf, indexSpan } from '../record-store.ts'

export type DateField = 'created_at' | 'updated_at'

/** The live records of a store in the order of a date, walked from a place without listing them first. */
export interface DateOrder {
  /** Indexes after `place` (exclusive), or from the end of the order when there is none. */
  walk(descending: boolean, place: number | undefined): Generator<number>
}

/**
 * The order of a store by one date. The base is sorted once, as numbers; what changed since is sorted again whenever
 * the store's version moves, so a page is read from a moving index, as Intercom's is.
 */
export function dateOrderOf(store: RecordStore, field: DateField, seen = secondsOf(store, field)): DateOrder {
  const base = field === 'created_at' ? undefined : sortedBase(store)
  const placeAt = (at: number) => (base ? (base[at] as number) : placeOf(store.base.createdAt(at), at))
  let changed: number[] = []
  let version = -1
  const refresh = () => {
    if (version === store.version) return
    version = store.version
    changed = store
      .changedIndexes()
      .map((index) => placeOf(seen(index), index))
      .sort((a, b) => a - b)
  }
  return {
    *walk(descending, place) {
      refresh()
      const step = descending ? -1 : 1
      const changedNow = changed
      let inBase = startIn(store.base.count, placeAt, descending, place)
      let inChanged = startIn(changedNow.length, (at) => changedNow[at] as number, descending, place)
      for (;;) {
        while (inBase >= 0 && inBase < store.base.count && !store.isBase(placeAt(inBase) % indexSpan))
          inBase += step
        const fromBase = inBase >= 0 && inBase < store.base.count ? placeAt(inBase) : undefined
        const fromChanged = changedNow[inChanged]
        if (fromBase === undefined && fromChanged === undefined) return
        const takeBase =
          fromChanged === undefined || (fromBase !== undefined && fromBase < fromChanged !== descending)
        if (takeBase) {
          yield (fromBase as number) % indexSpan
          inBase += step
        } else {
          if (store.isLive(fromChanged % indexSpan)) yield fromChanged % indexSpan
          inChanged += step
        }
      }
    },
  }
}

function secondsOf(store: RecordStore, field: DateField): (index: number) => number {
  return field === 'created_at' ? (index) => store.createdAt(index) : (index) => store.updatedAt(index)
}

const sortedBases = new WeakMap<RecordStore, Float64Array>()

/** The base never changes, so it is sorted once for each store. */
function sortedBase(store: RecordStore): Float64Array {
  const known = sortedBases.get(store)
  if (known) return known
  const places = new Float64Array(store.base.count)
  for (let index = 0; index < places.length; index++)
    places[index] = placeOf(store.base.updatedAt(index), index)
  places.sort()
  sortedBases.set(store, places)
  return places
}

/** Where to start in a list that rises: the first place after `place`, or before it when descending. */
function startIn(
  length: number,
  placeAt: (at: number) => number,
  descending: boolean,
  place: number | undefined,
) {
  if (place === undefined) return descending ? length - 1 : 0
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (descending ? placeAt(middle) < place : placeAt(middle) <= place) low = middle + 1
    else high = middle
  }
  return descending ? low - 1 : low
}
