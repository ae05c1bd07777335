import { afterEach, beforeEach, describe } from 'vitest'
import { alteringContract } from './destination/altering.ts'
import { claimingContract } from './destination/claiming.ts'
import { committingContract } from './destination/committing.ts'
import { countingContract } from './destination/counting.ts'
import { derivedContract } from './destination/derived.ts'
import { hostileContract } from './destination/hostile.ts'
import { modelContract } from './destination/model.ts'
import { planningContract } from './destination/planning.ts'
import { replacingContract } from './destination/replacing.ts'
import { TestDestination } from './destination/test-destination.ts'
import type { MakeDestination, ReadQuery } from './destination/test-destination.ts'
import { wipingContract } from './destination/wiping.ts'

/**
 * What every destination promises. `make` gives a destination for a namespace (the same namespace twice: the same tables); `read` answers
 * the rows of a query on the same database, seen from outside, with bigint for 64-bit integers.
 */
export function destinationContract(name: string, make: MakeDestination, read: ReadQuery): void {
  describe(`${name}: what every destination promises`, () => {
    let current: TestDestination | undefined
    beforeEach(async () => {
      current = new TestDestination(make, read)
    })
    afterEach(async () => {
      await current?.close()
    })
    const destination = (): TestDestination => {
      if (!current) throw new Error('The destination is made before each test.')
      return current
    }
    committingContract(destination)
    countingContract(destination)
    claimingContract(destination)
    derivedContract(destination)
    replacingContract(destination)
    alteringContract(destination)
    planningContract(destination)
    wipingContract(destination)
    hostileContract(destination)
    modelContract(destination)
  })
}
