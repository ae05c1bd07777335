import { PresenceBoard } from '@penstock/server/pipelines/presence-board.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

let server: TestServices
let now = 1_000_000
const boards: PresenceBoard[] = []

beforeAll(async () => {
  server = await startServices()
})
afterAll(async () => {
  await Promise.all(boards.map((board) => board.close()))
  await server.close()
})

/** As one more server has it. */
function newBoard(): PresenceBoard {
  const { database, log, clock } = server.services
  const board = new PresenceBoard(database, log, { ...clock, now: () => now })
  boards.push(board)
  return board
}

const ada = { tab: 'tab 1', userId: 'ada', name: 'Ada Admin' }
const grace = { tab: 'tab 2', userId: 'grace', name: 'Grace Hopper' }

test('people on two servers see each other at once, also who was there before, and nobody sees themselves', async () => {
  const place = { workspaceId: server.here.id, pipelineId: 'p1' }
  const [one, other] = [newBoard(), newBoard()]
  const changes: string[] = []
  await one.watch(place, () => changes.push('one'))
  await one.tell(place, ada, true)
  await one.tell(place, { ...ada, tab: 'tab 3' }, true)
  await expect.poll(() => one.others(place, null)).toHaveLength(1)
  // The second server begins to listen only now.
  await other.tell(place, grace, true)
  await expect.poll(() => other.others(place, 'grace')).toEqual([{ userId: 'ada', name: 'Ada Admin' }])
  await expect.poll(() => one.others(place, 'ada')).toEqual([{ userId: 'grace', name: 'Grace Hopper' }])
  expect(one.others({ ...place, workspaceId: server.elsewhere.id }, null)).toEqual([])
  expect(one.others({ ...place, pipelineId: 'p2' }, null)).toEqual([])
  await other.tell(place, grace, false)
  await expect.poll(() => one.others(place, 'ada')).toEqual([])
  expect(changes.length).toBeGreaterThanOrEqual(3)
})

test('who is not heard for half a minute has gone, whatever became of them', async () => {
  const place = { workspaceId: server.here.id, pipelineId: 'p3' }
  const board = newBoard()
  let told = 0
  await board.watch(place, () => (told += 1))
  await board.tell(place, grace, true)
  await expect.poll(() => told).toBe(1)
  now += 20_000
  await board.tell(place, grace, true)
  // The first time would be forgotten by now.
  now += 6_000
  await expect.poll(() => board.others(place, 'ada')).toHaveLength(1)
  const before = told
  now += 26_000
  expect(board.others(place, 'ada')).toEqual([])
  await expect.poll(() => told).toBeGreaterThan(before)
})

test('who said goodbye is gone, also when what they said before comes after it', async () => {
  const place = { workspaceId: server.here.id, pipelineId: 'p4' }
  const board = newBoard()
  const late = { ...grace, tab: 'tab 4' }
  await board.tell(place, late, true)
  await expect.poll(() => board.others(place, 'ada')).toHaveLength(1)
  await board.tell(place, late, false)
  await board.tell(place, late, true)
  // Told after it, heard after it.
  await board.tell(place, { ...grace, userId: 'eve', name: 'Eve', tab: 'tab 5' }, true)
  await expect.poll(() => board.others(place, 'ada')).toEqual([{ userId: 'eve', name: 'Eve' }])
})
