import { randomBytes } from 'node:crypto'
import { thinOut } from '@penstock/server/runner/keep-house.ts'
import { Vault } from '@penstock/server/secrets/vault.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunRig } from '../runs/run-rig.ts'

let rig: RunRig
beforeAll(async () => {
  rig = await RunRig.start({ sizes: { contacts: 30, companies: 5, conversations: 5, tickets: 5 } })
  await rig.work(2)
})
afterAll(async () => rig.close())

async function run(pipelineId: string, resync?: readonly string[]): Promise<string> {
  const { api } = rig.test.here.editor
  const { runId } = resync
    ? await api.runs.resync({ pipelineId, objects: [...resync] })
    : await api.runs.start({ pipelineId })
  expect(await rig.ended(runId)).toMatchObject({ state: 'succeeded' })
  return runId
}

async function tokens(pipelineId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await rig.rows(pipelineId, 'contacts')
  return new Map(rows.map((row) => [String(row['id']), String(row['email'])]))
}

test('a new hash key stands beside the old one: new tokens say its version, old ones stay until the object is synced anew', async () => {
  const { api } = rig.test.here.admin
  const pipelineId = await rig.pipeline({
    contacts: { fields: { email: 'hash', phone: 'exclude' } },
    tags: {},
  })
  await run(pipelineId)
  const first = await tokens(pipelineId)
  expect([...first.values()].filter(Boolean).every((token) => /^h1:[\w-]{43}$/.test(token))).toBe(true)
  const hashing = async () => (await api.settings.hashing()).find((one) => one.pipelineId === pipelineId)
  expect((await hashing())?.objects).toEqual([{ object: 'contacts', fields: ['email'], older: false }])

  const before = await api.settings.hashKey()
  const wrong = api.settings.rotateHashKey({ version: 1, confirm: 'rotate' })
  await expect(wrong).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  const both = await Promise.allSettled(
    [1, 1].map((version) => api.settings.rotateHashKey({ version, confirm: 'ROTATE' })),
  )
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const after = await api.settings.hashKey()
  expect(after).toMatchObject({ version: 2, createdBy: expect.stringContaining('@') })
  expect(after.earlier).toEqual([
    { version: 1, fingerprint: before.fingerprint, createdAt: before.createdAt, createdBy: null },
  ])
  expect(after.fingerprint).not.toBe(before.fingerprint)
  expect((await api.audit.list({ action: 'hashKey.rotate' })).items).toMatchObject([
    { detail: { before: { version: 1 }, after: { version: 2, fingerprint: after.fingerprint } } },
  ])
  expect((await hashing())?.objects).toMatchObject([{ object: 'contacts', older: true }])

  const [changed = ''] = [...first].find(([, token]) => token !== '') ?? []
  await rig.intercom.change({ kind: 'update_contact', id: changed, fields: { name: 'Someone else' } })
  await run(pipelineId)
  const mixed = await tokens(pipelineId)
  expect(mixed.get(changed)).toMatch(/^h2:[\w-]{43}$/)
  expect(mixed.get(changed)?.slice(3)).not.toBe(first.get(changed)?.slice(3))
  expect((await hashing())?.objects).toMatchObject([{ older: true }])

  await run(pipelineId, ['contacts'])
  const anew = [...(await tokens(pipelineId)).values()].filter(Boolean)
  expect(anew.length).toBeGreaterThan(5)
  expect(anew.every((token) => token.startsWith('h2:'))).toBe(true)
  expect((await hashing())?.objects).toMatchObject([{ object: 'contacts', older: false }])
})

test('where the key ring was lost, secrets that are given again and a new hash key are the way back', async () => {
  const { admin, editor } = rig.test.here
  const { sql, url } = rig.test.database
  const wiring = await rig.wire()
  const pipelineId = await rig.pipeline({ contacts: { fields: { email: 'hash' } } }, wiring)
  const sealed = await new Vault([randomBytes(32)]).seal('anything', 'nobody knows')
  await sql`update connections set secrets = ${sql.json({ accessToken: sealed })} where id = ${wiring.sourceId}`
  await sql`update connections set secrets = ${sql.json({ url: sealed })} where id = ${wiring.destinationId}`
  await sql`update hash_keys set sealed = ${sealed}`
  for (const [id, settings] of [
    [wiring.sourceId, { accessToken: rig.intercom.sandbox.token }],
    [wiring.destinationId, { url }],
  ] as const)
    expect(await editor.api.connections.update({ id, settings })).toMatchObject({ state: 'healthy' })
  const { version, fingerprint } = await admin.api.settings.hashKey()
  expect(fingerprint).toBe('lost')
  await admin.api.settings.rotateHashKey({ version, confirm: 'ROTATE' })
  await run(pipelineId)
  const landed = [...(await tokens(pipelineId)).values()].filter((token) => token !== 'null' && token !== '')
  expect(landed.every((token) => token.startsWith(`h${version + 1}:`))).toBe(true)
})

test('logs and runs are kept as long as the workspace says, within bounds; what still says something stays', async () => {
  const { api } = rig.test.here.admin
  const { sql } = rig.test.database
  const keep = (logDays: number, runDays: number | null) =>
    api.settings.update({ retention: { logDays, runDays } })
  for (const [logDays, runDays] of [
    [6, null],
    [30, 89],
    [100, 90],
  ] as const)
    await expect(keep(logDays, runDays)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect((await api.settings.get()).retention).toEqual({ logDays: 30, runDays: null })

  const pipelineId = await rig.pipeline(['tags'])
  const runs: string[] = []
  for (let turn = 0; turn < 3; turn++) runs.push(await run(pipelineId))
  // Of all but the last nothing landed long ago; and there are many newer ones, none of which got anywhere.
  await sql`update runs set queued_at = queued_at - interval '200 days', finished_at = finished_at - interval '200 days' where pipeline_id = ${pipelineId}`
  await sql`
    insert into runs (workspace_id, pipeline_id, version, trigger, state, finished_at)
    select ${rig.test.here.id}, ${pipelineId}, 1, 'schedule', 'failed', now() from generate_series(1, 14)`
  const left = async () => {
    const rows =
      await sql`select id from runs where pipeline_id = ${pipelineId} and id in ${sql(runs)} order by queued_at`
    return rows.map(({ id }) => String(id))
  }
  const logs = async () =>
    (await sql`select distinct run_id from run_events where run_id in ${sql(runs)}`).length
  await keep(365, null)
  await thinOut(rig.test.services)
  expect([await left(), await logs()]).toEqual([runs, 3])
  await keep(30, null)
  await thinOut(rig.test.services)
  expect([await left(), await logs()]).toEqual([runs, 0])
  await keep(30, 90)
  await thinOut(rig.test.services)
  expect(await left()).toEqual(runs.slice(2))
  const [noted] = (await api.audit.list({ action: 'settings.update' })).items
  expect(noted?.detail).toMatchObject({ before: { logDays: 30, runDays: null }, after: { runDays: 90 } })
  await expect(
    rig.test.here.editor.api.settings.update({ retention: { logDays: 30, runDays: null } }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' })
})
