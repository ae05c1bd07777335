import { tendAlerts } from '@penstock/server/alerts/tend-alerts.ts'
import { signWebhook } from '@penstock/server/alerts/send-notice.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AlertRig } from './alert-rig.ts'

let rig: AlertRig
const minute = 60_000

beforeAll(async () => {
  rig = await AlertRig.start()
})
afterAll(() => rig.close())
beforeEach(() => rig.clear())

describe('what is wrong', () => {
  test('is told once, however often it is looked at and by how many, and once more when it is over', async () => {
    await rig.channel()
    const id = await rig.pipeline('Warehouse')
    await rig.run(id, 'failed')
    await Promise.all([rig.look(), rig.look(), rig.look()])
    await rig.look()
    expect(await rig.open()).toEqual(['run_failed: Warehouse'])
    await Promise.all([rig.send(), rig.send(), rig.send()])
    expect(rig.hook.received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      {
        notice: 'opened',
        kind: 'run_failed',
        subject: { type: 'pipeline', id, name: 'Warehouse' },
        message: 'The last run of “Warehouse” failed. The API did not answer.',
        link: expect.stringContaining(`https://penstock.example.com/pipelines/${id}/runs/`),
      },
    ])
    await rig.run(id, 'failed')
    await rig.look()
    await rig.run(id, 'succeeded')
    await rig.look()
    await rig.look()
    await rig.send()
    expect(await rig.open()).toEqual([])
    expect(rig.hook.received).toHaveLength(2)
    expect(JSON.parse(rig.hook.received[1]?.body ?? '')).toMatchObject({
      notice: 'recovered',
      kind: 'run_failed',
    })
  })

  test('is a failed or partial run, a connection to be re-authorised, a schema change that waits, and data that is too old', async () => {
    const { sql } = rig.server.database
    const failed = await rig.pipeline('Failed')
    await rig.run(failed, 'failed')
    await rig.run(failed, 'cancelled')
    const partial = await rig.pipeline('Partial')
    await rig.run(partial, 'partial')
    const fine = await rig.pipeline('Fine', { every: '15m' })
    await rig.run(fine, 'failed', { ago: 10 * minute })
    await rig.run(fine, 'succeeded')
    const late = await rig.pipeline('Late', { every: '15m' })
    await rig.run(late, 'succeeded', { ago: 70 * minute })
    await rig.run(late, 'cancelled', { ago: 10 * minute })
    const paused = await rig.pipeline('Back after a pause', { every: '15m' })
    await rig.run(paused, 'succeeded', { ago: 70 * minute })
    // A time zone that a later version of Node does not know any more.
    const strange = await rig.pipeline('Strange', { cron: '0 6 * * *', timezone: 'Mars/Phobos' })
    await rig.run(strange, 'succeeded', { ago: 70 * minute })
    await rig.run(strange, 'cancelled', { ago: 10 * minute })
    const changed = await rig.pipeline('Changed')
    await sql`insert into schema_changes (workspace_id, pipeline_id, object, field, kind, example_type, applied, first_seen)
      values (${rig.server.here.id}, ${changed}, 'contacts', 'new_field', 'added', 'text', 'none', now())`
    await sql`insert into connections (workspace_id, kind, connector, name, method, state)
      values (${rig.server.here.id}, 'source', 'intercom', 'Acme Intercom', 'oauth', 'needs_reauthorisation')`
    await rig.look()
    expect(new Set(await rig.open())).toEqual(
      new Set([
        'run_failed: Failed',
        'run_partial: Partial',
        'data_stale: Late',
        'schema_change_waiting: Changed',
        'connection_needs_reauthorisation: Acme Intercom',
      ]),
    )
    const elsewhere = await rig.server.elsewhere.admin.api.alerts.open()
    expect(elsewhere.items).toEqual([])
    await sql`update pipelines set deleted_at = now()`
    await sql`update connections set state = 'healthy'`
    await rig.look()
    expect(await rig.open()).toEqual([])
  })

  test('is no old data of a pipeline that was paused since, before the runs after the pause were due', async () => {
    const id = await rig.pipeline('Back', { every: '15m' })
    await rig.run(id, 'succeeded', { ago: 7 * 24 * 60 * minute })
    await rig.run(id, 'failed', { ago: 6 * 24 * 60 * minute })
    await rig.look()
    expect(await rig.open()).toContain('data_stale: Back')
    const { pipelines } = rig.server.here.editor.api
    await pipelines.pause({ id })
    await rig.look()
    expect(await rig.open()).not.toContain('data_stale: Back')
    await pipelines.resume({ id })
    await rig.look()
    expect(await rig.open()).not.toContain('data_stale: Back')
    await rig.look(Date.now() + 40 * minute)
    expect(await rig.open()).toContain('data_stale: Back')
  })

  test('is the same for workers whose clocks differ, so that nobody is told of it again and again', async () => {
    const id = await rig.pipeline('Nearly late', { every: '15m' })
    await rig.run(id, 'succeeded', { ago: 15 * minute })
    await rig.run(id, 'cancelled', { ago: minute })
    const { services } = rig.server
    await tendAlerts({ ...services, clock: { ...services.clock, now: () => Date.now() + 25 * minute } })
    expect(await rig.open()).not.toContain('data_stale: Nearly late')
  })

  test('reaches a person by mail, Slack in its own grammar, and a webhook that is signed', async () => {
    const kinds = ['run_failed'] as const
    await rig.alerts.createChannel({
      kind: 'email',
      name: 'Ana',
      target: 'ana@example.com',
      kinds: [...kinds],
    })
    await rig.alerts.createChannel({
      kind: 'slack',
      name: 'Slack',
      target: `${rig.hook.url}/slack`,
      kinds: [...kinds],
    })
    const { secret } = await rig.alerts.createChannel({
      kind: 'webhook',
      name: 'Hook',
      target: `${rig.hook.url}/hook`,
      kinds: [...kinds],
    })
    await rig.run(await rig.pipeline('<!channel> & "Ünï"\r\nBcc: eve@example.com'), 'failed')
    await rig.look()
    await rig.send()
    const bySlack = rig.hook.received.find(({ path }) => path === '/slack')
    expect(bySlack?.body).toContain('&lt;!channel&gt; &amp;')
    const byHook = rig.hook.received.find(({ path }) => path === '/hook')
    const timestamp = String(byHook?.headers['x-penstock-timestamp'])
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(60)
    expect(byHook?.headers['x-penstock-signature']).toBe(
      signWebhook(secret ?? '', timestamp, byHook?.body ?? ''),
    )
    expect(rig.mail.mails).toMatchObject([{ to: 'ana@example.com' }])
    expect(rig.mail.mails[0]?.text).toContain('From: penstock@example.com')
    const [head] = rig.mail.mails[0]?.text.split('\r\n\r\n') ?? []
    expect(head).not.toMatch(/^Bcc:/m)
    const { items } = await rig.alerts.deliveries({})
    expect(
      items
        .map(({ channelName, ok, state }) => ({ channelName, ok, state }))
        .toSorted((a, b) => a.channelName.localeCompare(b.channelName)),
    ).toEqual([
      { channelName: 'Ana', ok: true, state: 'delivered' },
      { channelName: 'Hook', ok: true, state: 'delivered' },
      { channelName: 'Slack', ok: true, state: 'delivered' },
    ])
  })
})
