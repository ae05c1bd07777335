import { thinNotices } from '@penstock/server/alerts/tend-alerts.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AlertRig } from './alert-rig.ts'

let rig: AlertRig
const minute = 60_000

beforeAll(async () => {
  rig = await AlertRig.start()
})
afterAll(() => rig.close())
beforeEach(() => rig.clear())

describe('a notice', () => {
  test('that does not arrive is tried again later and later, is shown, and is given up at last', async () => {
    await rig.channel()
    rig.hook.answerWith(500)
    const id = await rig.pipeline('Warehouse')
    await rig.run(id, 'failed')
    let now = Date.now()
    await rig.look(now)
    await rig.send(now)
    await rig.send(now)
    expect(rig.hook.received).toHaveLength(1)
    const [first] = (await rig.alerts.deliveries({})).items
    expect(first).toMatchObject({
      state: 'waiting',
      ok: false,
      attempts: 1,
      message: `${rig.hook.host} answered 500.`,
    })
    expect(JSON.stringify(first)).not.toContain('private words')
    await rig.run(id, 'succeeded')
    await rig.look(now)
    for (let attempt = 2; attempt <= 8; attempt++) {
      now += 8 * 3_600_000
      await rig.send(now)
    }
    const { items } = await rig.alerts.deliveries({})
    expect(items.find(({ notice }) => notice === 'opened')).toMatchObject({ state: 'failed', attempts: 8 })
    expect(rig.hook.received.filter(({ body }) => body.includes('"opened"'))).toHaveLength(8)
  })

  test('of a recovery waits until the trouble was told', async () => {
    await rig.channel()
    rig.hook.answerWith(503)
    const id = await rig.pipeline('Warehouse')
    await rig.run(id, 'failed')
    const now = Date.now()
    await rig.look(now)
    await rig.send(now)
    await rig.run(id, 'succeeded')
    await rig.look(now)
    await rig.send(now + minute)
    rig.hook.answerWith(204)
    await rig.send(now + 3 * minute)
    await rig.send(now + 3 * minute)
    expect(rig.hook.received.map(({ body }) => (JSON.parse(body) as { notice: string }).notice)).toEqual([
      'opened',
      'opened',
      'opened',
      'recovered',
    ])
  })

  test('of a recovery arrives however long the trouble lasted', async () => {
    await rig.channel()
    const id = await rig.pipeline('Warehouse')
    await rig.run(id, 'failed')
    await rig.look()
    await rig.send()
    const { services } = rig.server
    const later = Date.now() + 100 * 24 * 60 * minute
    const clock = { ...services.clock, now: () => later }
    await thinNotices({ ...services, clock })
    await rig.run(id, 'succeeded')
    await rig.look(later)
    await rig.send(later)
    expect(rig.hook.received.map(({ body }) => (JSON.parse(body) as { notice: string }).notice)).toEqual([
      'opened',
      'recovered',
    ])
    await thinNotices({ ...services, clock: { ...clock, now: () => later + 100 * 24 * 60 * minute } })
    expect((await rig.alerts.deliveries({})).items).toEqual([])
  })

  test('follows no redirect and reaches no address that is not public, whatever a hook is called', async () => {
    rig.hook.answerWith(302)
    const { id } = await rig.channel()
    expect(await rig.alerts.testChannel({ id })).toEqual({
      ok: false,
      message: `${rig.hook.host} answered 302.`,
    })
    for (const target of [
      'https://169.254.169.254/latest',
      'https://[::1]/x',
      'https://localhost/x',
      'https://10.0.0.1/',
    ]) {
      const made = await rig.alerts.createChannel({
        kind: 'slack',
        name: target,
        target,
        kinds: ['run_failed'],
      })
      expect(await rig.alerts.testChannel({ id: made.id })).toMatchObject({
        ok: false,
        message: expect.stringContaining('not on the public internet'),
      })
    }
    for (const target of [
      'http://example.com/x',
      'file:///etc/passwd',
      'https://me:pass@example.com/',
      'nonsense',
    ])
      await expect(
        rig.alerts.createChannel({ kind: 'webhook', name: 'x', target, kinds: ['run_failed'] }),
      ).rejects.toThrow('URL of a hook')
    await expect(
      rig.alerts.createChannel({
        kind: 'email',
        name: 'x',
        target: 'a@example.com, b@example.com',
        kinds: ['run_failed'],
      }),
    ).rejects.toThrow('not an e-mail address')
  })

  test('goes to no channel that was switched off, and the whole address of a hook is never shown', async () => {
    const { id } = await rig.channel()
    await rig.alerts.updateChannel({ id, enabled: false })
    await rig.run(await rig.pipeline('Warehouse'), 'failed')
    await rig.look()
    await rig.send()
    expect(rig.hook.received).toEqual([])
    const shown = JSON.stringify([
      await rig.alerts.channels(),
      await rig.server.here.admin.api.audit.list({ action: 'alertChannel' }),
    ])
    expect(shown).toContain(rig.hook.host)
    expect(shown).not.toContain('secret-path')
    const rows = await rig.server.database.sql`select * from alert_channels`
    expect(JSON.stringify(rows)).not.toContain('secret-path')
    await rig.alerts.removeChannel({ id })
    await expect(rig.alerts.testChannel({ id })).rejects.toThrow('no such alert channel')
  })
})
