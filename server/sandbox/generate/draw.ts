/** A stateless source of chance: the same (index, salt) always gives the same 32-bit unsigned integer. */
export type Draw = (index: number, salt: number) => number

/**
 * Chance for one object of a sandbox: deterministic by seed, and without state, so that record 900,000 can be made
 * without making the 899,999 before it.
 */
export function drawsFor(seed: number, object: string): Draw {
  let base = seed | 0
  for (let at = 0; at < object.length; at++) base = (Math.imul(base, 31) + object.charCodeAt(at)) | 0
  return (index, salt) => {
    let mixed = (Math.imul(base ^ index, 0x9e3779b1) + Math.imul(salt + 1, 0x85ebca6b)) | 0
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
    return (mixed ^ (mixed >>> 16)) >>> 0
  }
}

/** One element of a pool that is not empty. */
export function pick<T>(pool: readonly T[], drawn: number): T {
  return pool[drawn % pool.length] as T
}

/** A UUID (version 4 in form) made of four drawn numbers. */
export function uuidFrom(draw: Draw, index: number): string {
  const hex = [0, 1, 2, 3]
    .map((salt) =>
      draw(index, 9000 + salt)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
