import { randomBytes } from 'node:crypto'
import { digestPassword } from '@penstock/server/members/digest-password.ts'
import { expect, test } from 'vitest'
import { newClient } from '../http/test-client.ts'
import { startServices } from '../start-services.ts'
import { penstock } from './start-penstock.ts'

test('the operator gives somebody a new password; the old one and all sessions end, and the audit log says so', async () => {
  const key = randomBytes(32).toString('base64url')
  const server = await startServices({ PENSTOCK_SECRET_KEY: key })
  try {
    const { email, userId } = server.here.editor.identity
    await server.database.sql`insert into account (id, account_id, provider_id, user_id, password, updated_at)
      values ('a', ${userId}, 'credential', ${userId}, ${await digestPassword('forgotten, alas')}, now())`
    const before = newClient(server.services)
    expect((await before.signIn(email, 'forgotten, alas')).status).toBe(200)
    expect((await before.signIn(email, 'a wrong guess')).status).toBe(401)
    await server.database.sql`update rate_limit set count = 10 where key like 'penstock:guess:%'`
    expect((await before.signIn(email, 'forgotten, alas')).status).toBe(429)
    const env = {
      DATABASE_URL: server.database.url,
      PENSTOCK_SECRET_KEY: key,
      PENSTOCK_DATA_DIR: server.folder,
    }
    const { code, out } = await penstock(['new-password', email], { env })
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^[\w-]{20}\n$/) })
    expect((await before.call('/api/members/list')).status).toBe(401)
    expect((await before.signIn(email, 'forgotten, alas')).status).toBe(401)
    const after = newClient(server.services)
    expect((await after.signIn(email, out.trim())).status).toBe(200)
    expect((await after.call('/api/session/me')).body).toMatchObject({
      role: 'editor',
      workspace: { name: 'Here' },
    })
    const { items } = await server.here.admin.api.audit.list({ action: 'member' })
    expect(items).toMatchObject([
      { action: 'member.newPassword', actor: 'Penstock', subject: 'editor of Here' },
    ])
    const nobody = await penstock(['new-password', 'nobody@example.com'], { env })
    expect(nobody).toMatchObject({
      code: 2,
      out: '',
      err: 'Nobody here has the address nobody@example.com.\n',
    })
  } finally {
    await server.close()
  }
})
