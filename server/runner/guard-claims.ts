import type { Destination } from '../engine/destination.ts'

/**
 * The destination, but that tables are claimed only after `insist` agreed. A worker that was stopped and woke up after its run was given
 * away must not take the tables from whoever goes on: under the same id it would pass for the newer one.
 */
export function guardClaims(destination: Destination, insist: () => Promise<void>): Destination {
  const open: Destination['open'] = async (tables, claim) => {
    await insist()
    return await destination.open(tables, claim)
  }
  return new Proxy(destination, {
    get: (target, name) => {
      if (name === 'open') return open
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
