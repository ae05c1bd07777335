import { randomBytes } from 'node:crypto'
import { resealSecrets } from '@penstock/server/secrets/reseal-secrets.ts'
import { Vault } from '@penstock/server/secrets/vault.ts'
import { sealedColumns } from '@penstock/server/store/sealed-rows.ts'
import { expect, test } from 'vitest'
import { startServices } from '../start-services.ts'

test('a key can be taken out of the ring once a process started with a newer one before it', async () => {
  const older = randomBytes(32)
  const newer = randomBytes(32)
  const server = await startServices({ PENSTOCK_SECRET_KEY: older.toString('base64url') })
  try {
    const { sql } = server.database
    const { vault } = server.services
    const { id: w, admin } = server.here
    await admin.api.alerts.createChannel({
      kind: 'webhook',
      name: 'ops',
      target: 'https://hooks.example.com/x',
      kinds: ['run_failed'],
    })
    await sql`insert into hash_keys (workspace_id, version, sealed, created_by) values (${w}, 2, ${await vault.seal('e', 'key')}, 'Ada')`
    await sql`insert into oauth_profiles (workspace_id, connector, name, client_id, client_secret_sealed) values (${w}, 'intercom', 'Own', 'client', ${await vault.seal('a', 'secret')})`
    await sql`insert into connections (workspace_id, kind, connector, name, method, secrets) values (${w}, 'source', 'intercom', 'C', 'oauth', ${sql.json({ accessToken: await vault.seal('b', 'token') })})`
    const draft = {
      pending: { secrets: { accessToken: await vault.seal('c', 'token') } },
      name: 'eyJ no secret',
    }
    await sql`insert into oauth_attempts (workspace_id, state_hash, session_id, user_id, connector, region, draft, expires_at) values (${w}, 's', 's', 'u', 'intercom', 'us', ${sql.json(draft)}, now())`
    await sql`insert into wipes (workspace_id, connection_id, connection_name, progress) values (${w}, gen_random_uuid(), 'Old', ${sql.json({ secrets: { url: await vault.seal('d', 'address') }, targets: [1, null] })})`
    const ring = { ...server.services, vault: new Vault([newer, older]) }
    expect(await resealSecrets(server.services)).toBe(0)
    const changed = await Promise.all([resealSecrets(ring), resealSecrets(ring)])
    // Two workspaces' hash keys, and one row of each other place.
    expect(changed.reduce((a, b) => a + b)).toBe(sealedColumns.length + 1)
    expect(await resealSecrets(ring)).toBe(0)
    const alone = new Vault([newer])
    const texts = await readEverything(server.database.sql)
    const found = texts.match(/eyJ[\w-]+\.\.[\w-]+\.[\w-]*\.[\w-]+/g) ?? []
    expect(found).toHaveLength(sealedColumns.length + 2)
    for (const sealed of found) expect(alone.isStale(sealed)).toBe(false)
    const [row] = await sql`select secrets ->> 'accessToken' as token from connections`
    expect(await alone.open('b', String(row?.['token']))).toBe('token')
  } finally {
    await server.close()
  }
})

/** The whole database as text. */
async function readEverything(
  sql: Awaited<ReturnType<typeof startServices>>['database']['sql'],
): Promise<string> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  const parts = await Promise.all(
    tables.map(({ name }) => sql.unsafe(`select coalesce(json_agg(t), '[]')::text as text from "${name}" t`)),
  )
  return parts.map(([row]) => String(row?.['text'])).join('\n')
}
