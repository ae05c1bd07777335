import { expect, test } from 'vitest'
import { RequestsAhead } from '@penstock/server/engine/requests-ahead.ts'

const never = new AbortController().signal

/** How many requests go before one has to wait. */
async function goes(ahead: RequestsAhead, atMost: number): Promise<number> {
  let went = 0
  const stop = new AbortController()
  for (; went < atMost; went++) {
    const taken = ahead.takePage(stop.signal, 0).then(
      () => true,
      () => false,
    )
    const waits = new Promise<false>((resolve) => setImmediate(() => resolve(false)))
    if (!(await Promise.race([taken, waits]))) break
  }
  stop.abort()
  return went
}

test('a read is ahead of what is durable by a few requests, and later by a twentieth', async () => {
  const ahead = new RequestsAhead({ least: 4 })
  expect(await goes(ahead, 10)).toBe(4)
  ahead.land(4)
  expect(await goes(ahead, 10)).toBe(4)
  ahead.giveBack(4)
  for (let landed = 4; landed < 200; landed++) {
    await ahead.takePage(never, 0)
    ahead.land(1)
  }
  expect(await goes(ahead, 20)).toBe(10)
})

test('where memory is short, a read is no further ahead, however much has landed', async () => {
  const ahead = new RequestsAhead({ least: 4, most: 6 })
  for (let landed = 0; landed < 200; landed++) {
    await ahead.takePage(never, 0)
    ahead.land(1)
  }
  expect(await goes(ahead, 20)).toBe(6)
})

test('a request that came to nothing makes room for another', async () => {
  const ahead = new RequestsAhead({ least: 1 })
  await ahead.takePage(never, 0)
  const waiting = ahead.takePage(never, 0)
  ahead.giveBack(1)
  await expect(waiting).resolves.toBeUndefined()
})

test('whoever waits to send a request can be stopped', async () => {
  const ahead = new RequestsAhead({ least: 1 })
  await ahead.takePage(never, 0)
  const stop = new AbortController()
  const waiting = ahead.takePage(stop.signal, 0)
  stop.abort(new Error('stopped'))
  await expect(waiting).rejects.toThrow('stopped')
  ahead.land(1)
  await ahead.takePage(never, 0)
})

test('of those who wait the most urgent goes first, and of equals who came last', async () => {
  const ahead = new RequestsAhead({ least: 1 })
  await ahead.takePage(never, 0)
  const went: string[] = []
  const waiting = [3, 20, 7, 7].map((urgency, place) =>
    ahead.takePage(never, urgency).then(() => went.push(`${urgency} (${place})`)),
  )
  for (let count = 1; count <= waiting.length; count++) {
    ahead.giveBack(1)
    await expect.poll(() => went.length).toBe(count)
  }
  expect(went).toEqual(['20 (1)', '7 (3)', '7 (2)', '3 (0)'])
})

test('no more are under way at once than may be, however few of them have landed', async () => {
  let atOnce = 2
  const ahead = new RequestsAhead({ least: 10, pagesAtOnce: () => atOnce })
  expect(await goes(ahead, 10)).toBe(2)
  ahead.pageAnswered()
  expect(await goes(ahead, 10)).toBe(1)
  atOnce = 5
  expect(await goes(ahead, 10)).toBe(3)
})

test('after its end nobody who waits, or comes later, may send a request', async () => {
  const ahead = new RequestsAhead({ least: 1 })
  await ahead.takePage(never, 0)
  const waiting = ahead.takePage(never, 0)
  ahead.close(new Error('over'))
  await expect(waiting).rejects.toThrow('over')
  await expect(ahead.takePage(never, 0)).rejects.toThrow('over')
})

test('pages that wait for the requests of their records never keep those back, and no more pages come meanwhile', async () => {
  const ahead = new RequestsAhead({ least: 4, moreForErrands: 2, pagesAtOnce: () => 2 })
  for (let page = 0; page < 4; page++) {
    await ahead.takePage(never, 0)
    ahead.pageAnswered()
  }
  const errands = Promise.withResolvers<void>()
  const held = [0, 1].map(async () =>
    ahead.hold(async () => {
      await ahead.takeErrand(never)
      await errands.promise
      ahead.land(1)
    }),
  )
  ahead.land(4)
  expect(await goes(ahead, 10), 'pages').toBe(0)
  errands.resolve()
  await Promise.all(held)
  expect(await goes(ahead, 10), 'pages').toBe(2)
})
