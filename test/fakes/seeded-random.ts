/** Choices that a seed decides: the same seed, the same data. */
export interface SeededRandom {
  /** 0 ≤ x < 1. */
  readonly next: () => number
  /** A whole number from 0 to below `end`. */
  below(end: number): number
  pick<T>(options: readonly [T, ...T[]]): T
  /** At most `most` different ones of the options, in their order. */
  some<T>(options: readonly T[], most: number): T[]
}

/** Mulberry32: 32 bits of state, good enough to make up records. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number): number => Math.floor(next() * end)
  return {
    next,
    below,
    pick: (options) => options[below(options.length)] ?? options[0],
    some: (options, most) => {
      const chosen = new Set(Array.from({ length: below(most + 1) }, () => below(options.length)))
      return options.filter((_, at) => chosen.has(at))
    },
  }
}
