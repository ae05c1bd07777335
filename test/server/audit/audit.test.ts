import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

let server: TestServices
beforeAll(async () => {
  server = await startServices()
})
afterAll(() => server.close())

test('says who did what, as it was and as it is, from where; and who tried', async () => {
  const { admin, viewer } = server.here
  await admin.api.workspaces.rename({ name: '=HYPERLINK("https://evil.example")' })
  await expect(viewer.api.workspaces.rename({ name: 'Mine' })).rejects.toThrow('needs the role admin')
  const { items } = await admin.api.audit.list({})
  expect(items).toMatchObject([
    {
      action: 'workspaces.rename',
      outcome: 'denied',
      actor: expect.stringContaining('viewer of Here'),
      ip: '192.0.2.1',
    },
    {
      action: 'workspace.rename',
      outcome: 'done',
      actor: expect.stringContaining('admin of Here'),
      detail: { before: { name: 'Here' }, after: { name: '=HYPERLINK("https://evil.example")' } },
    },
  ])
})

test('is filtered by words, person, action, outcome and time, and read page by page', async () => {
  const { admin } = server.here
  for (let n = 1; n <= 5; n++)
    await admin.api.invitations.create({ email: `guest${n}@example.com`, role: 'viewer' })
  const names = async (filter: Parameters<typeof admin.api.audit.list>[0]) =>
    (await admin.api.audit.list(filter)).items.map(({ subject }) => subject)
  expect(await names({ q: 'GUEST3' })).toEqual(['guest3@example.com'])
  expect(await names({ q: '%' })).toEqual([])
  expect(await names({ action: 'invitation' })).toHaveLength(5)
  expect(await names({ action: 'invitation.create', actor: 'admin of' })).toHaveLength(5)
  expect(await names({ outcome: 'denied' })).toHaveLength(1)
  expect(await names({ to: new Date(Date.now() - 60_000).toISOString() })).toEqual([])
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await admin.api.audit.list({ action: 'invitation', limit: 2, cursor })
    seen.push(...page.items.map(({ subject }) => subject ?? ''))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(seen).toEqual([5, 4, 3, 2, 1].map((n) => `guest${n}@example.com`))
})

test('is exported as CSV that no spreadsheet runs, and says that it was', async () => {
  const { admin } = server.here
  const { csv } = await admin.api.audit.export({ action: 'workspace.rename' })
  expect(csv).toContain('"\'=HYPERLINK(""https://evil.example"")"')
  expect(csv.split('\r\n')).toHaveLength(3)
  const { items } = await admin.api.audit.list({ limit: 1 })
  expect(items).toMatchObject([{ action: 'audit.export', detail: { after: { lines: 1 } } }])
})

test('of one workspace says nothing of another', async () => {
  const { items } = await server.elsewhere.admin.api.audit.list({})
  expect(items).toEqual([])
})
