import { expect, test } from 'vitest'
import { takeTurn } from '@penstock/server/engine/take-turn.ts'

test('pages are worked off one in a turn, object by object as they came, and the most urgent of an object first', async () => {
  let turn = 0
  let counting = true
  const count = () => {
    turn++
    if (counting) setImmediate(count)
  }
  setImmediate(count)
  const order: string[] = []
  const turns: number[] = []
  const asked = [
    ['contacts', 1],
    ['tags', 0],
    ['contacts', 9],
    ['contacts', 5],
  ] as const
  await Promise.all(
    asked.map(async ([object, urgency]) => {
      await takeTurn(object, urgency)
      order.push(`${object} ${urgency}`)
      turns.push(turn)
    }),
  )
  counting = false
  expect(order).toEqual(['contacts 9', 'tags 0', 'contacts 5', 'contacts 1'])
  expect(new Set(turns).size).toBe(4)
})
