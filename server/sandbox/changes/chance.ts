import { drawsFor } from '../generate/draw.ts'
import type { RecordStore } from '../record-store.ts'

/** Chance for one change: a 32-bit number for each salt. */
export type Chance = (salt: number) => number

export function chanceOf(seed: number): Chance {
  const draw = drawsFor(seed, 'change')
  return (salt) => draw(seed, salt)
}

/** The record with the id, or one chosen by chance. Throws a RangeError when there is none. */
export function chooseRecord(store: RecordStore<unknown>, id: string | undefined, chance: Chance): number {
  if (id !== undefined) {
    const index = store.find(id)
    if (index === undefined) throw new RangeError(`There is no record ${id}.`)
    return index
  }
  const start = chance(1) % Math.max(store.end, 1)
  for (let step = 0; step < store.end; step++) {
    const index = (start + step) % store.end
    if (store.isLive(index)) return index
  }
  throw new RangeError('There is no record left to change.')
}

/** An element of a list, by id or by chance. Throws a RangeError when there is none. */
export function chooseListed<T extends { readonly id: string }>(
  list: readonly T[],
  id: string | undefined,
  chance: Chance,
): T {
  const chosen =
    id === undefined ? list[chance(2) % Math.max(list.length, 1)] : list.find((one) => one.id === id)
  if (chosen === undefined) throw new RangeError(`There is no record ${id ?? 'to choose'}.`)
  return chosen
}
