import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defaultBehaviour } from '@penstock/server/sandbox/behaviour-switches.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { everything, now, truth, walk } from './call-sandbox.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({
    now,
    clock: 'stopped',
    sizes: { contacts: 300, companies: 60, conversations: 200, tickets: 120 },
  })
})
afterAll(() => sandbox.close())
beforeEach(() => void Object.assign(sandbox.workspace.behaviour, defaultBehaviour()))

describe('sort', () => {
  const updatedOf = async (path: string, key: string) =>
    (
      await walk(sandbox, path, key, { ...everything, sort: { field: 'updated_at', order: 'ascending' } }, 40)
    ).map((one) => one.updated_at)
  const ascending = (values: number[]) =>
    values.every((value, at) => at === 0 || value >= (values[at - 1] ?? 0))

  test('contacts honour it, conversations and tickets ignore it and come newest first', async () => {
    expect(ascending(await updatedOf('/contacts/search', 'data'))).toBe(true)
    expect(ascending((await updatedOf('/conversations/search', 'conversations')).toReversed())).toBe(true)
    expect(ascending((await updatedOf('/tickets/search', 'tickets')).toReversed())).toBe(true)
  })

  test('each object has a switch for it', async () => {
    Object.assign(sandbox.workspace.behaviour, {
      contactSort: 'ignored',
      conversationSort: 'honoured',
      ticketSort: 'honoured',
    })
    expect(ascending(await updatedOf('/contacts/search', 'data'))).toBe(false)
    expect(ascending(await updatedOf('/conversations/search', 'conversations'))).toBe(true)
    expect(ascending(await updatedOf('/tickets/search', 'tickets'))).toBe(true)
  })

  test('contacts sort by other fields, too, without losing or repeating any', async () => {
    const found = await walk(
      sandbox,
      '/contacts/search',
      'data',
      { ...everything, sort: { field: 'name', order: 'descending' } },
      37,
    )
    expect(new Set(found.map((one) => one.id)).size).toBe((await truth(sandbox, 'contacts')).length)
    const names = found.map((one) => one.name).filter((name) => name !== null)
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)))
  })
})

const day = 86_400
const byText = (a: string, b: string) => (a < b ? -1 : 1)

test('a lagging index does not know new contacts yet, and knows changed ones as they were', async () => {
  const changedLately = () =>
    walk(sandbox, '/contacts/search', 'data', {
      query: { field: 'updated_at', operator: '>', value: sandbox.workspace.now - 2 * day },
    })
  const search = async () =>
    (await walk(sandbox, '/contacts/search', 'data', everything)).map((one) => one.id)
  sandbox.workspace.clock.advance(10_000)
  const before = await search()
  sandbox.workspace.behaviour.indexLagSeconds = 300
  const [created] = sandbox.workspace.change({ kind: 'create_contact' })
  const [updated] = sandbox.workspace.change({ kind: 'update_contact', id: before.at(-1) })
  expect((await search()).toSorted(byText)).toEqual(before.toSorted(byText))
  expect(await changedLately()).not.toContainEqual(expect.objectContaining({ id: updated?.id }))
  sandbox.workspace.clock.advance(301)
  expect(await search()).toContain(created?.id)
})
