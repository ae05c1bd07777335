import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

let server: TestServices
beforeAll(async () => {
  server = await startServices()
})
afterAll(() => server.close())

test('a member learns who they are, where they are, and what they may do', async () => {
  const me = await server.here.editor.api.session.me()
  expect(me).toMatchObject({
    role: 'editor',
    workspace: { id: server.here.id, name: 'Here' },
    setupNeeded: false,
  })
  const { rules } = await server.here.viewer.api.session.permissions()
  expect(rules['session.me']).toBe('public')
})
