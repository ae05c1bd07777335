import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeKinds, visibleKinds } from '@penstock/server/sandbox/changes/change.ts'
import { truths } from '@penstock/server/sandbox/control/truth.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { call, codeOf, everything, now, truth, walk } from './call-sandbox.ts'
import type { Json } from './call-sandbox.ts'
import { readEverything } from './read-everything.ts'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({
    now,
    clock: 'stopped',
    behaviour: { rateLimitPerApp: 0, rateLimitPerWorkspace: 0 },
    sizes: { contacts: 250, companies: 50, conversations: 60, tickets: 40 },
  })
})
afterEach(() => sandbox.close())
const change = async (body: object) => (await call(sandbox, '/_sandbox/change', body)).body.changes

const inOrder = (rows: readonly unknown[]) =>
  rows
    .map((row) => JSON.stringify(row, (key, value) => (key === 'attachments' ? undefined : value)))
    .toSorted()

/** Expects that the API answers what the truth says, about every object. */
async function expectTruth() {
  const read = await readEverything(sandbox)
  expect(Object.keys(read).toSorted()).toEqual(Object.keys(truths).toSorted())
  for (const [object, rows] of Object.entries(read))
    expect([object, inOrder(rows)]).toEqual([object, inOrder(await truth(sandbox, object))])
}

describe('the truth', () => {
  test('is what the API answers, object by object, row by row', async () => {
    await expectTruth()
    for (const object of Object.keys(truths)) expect((await truth(sandbox, object)).length).toBeGreaterThan(0)
  })

  test('still is after every kind of change', async () => {
    expect(changeKinds.length).toBeGreaterThan(visibleKinds.length)
    await change({ random: 40, seed: 3 })
    await change({ random: 120, seed: 4, kinds: changeKinds })
    await expectTruth()
  })

  test('of an object that does not exist is a 400', async () => {
    expect((await call(sandbox, '/_sandbox/records/shoes')).status).toBe(400)
  })
})

describe('changes', () => {
  test('are the same for the same seed', async () => {
    const other = await startSandbox({
      now,
      clock: 'stopped',
      sizes: { contacts: 250, companies: 50, conversations: 60, tickets: 40 },
    })
    expect(await change({ random: 30, seed: 9 })).toEqual(
      (await call(other, '/_sandbox/change', { random: 30, seed: 9 })).body.changes,
    )
    await other.close()
  })

  test.each(visibleKinds)(
    '%s is seen by an incremental read: a record’s updated_at or created_at is now',
    async (kind) => {
      sandbox.workspace.clock.advance(5000)
      const [{ object, id }] = await change({ kind })
      const changed = (await truth(sandbox, object)).find((one) => one.id === id)
      expect(changed.updated_at ?? changed.created_at).toBe(now / 1000 + 5000)
    },
  )

  test('a deleted contact is absent and a 404; a merged one leaves its tags and companies to the other', async () => {
    const [first, second] = await walk(sandbox, '/contacts', 'data')
    await change({ kind: 'tag_contact', id: first.id, tagId: '7400100' })
    await change({ kind: 'merge_contacts', id: first.id, otherId: second.id })
    const gone = await call(sandbox, `/contacts/${first.id}`)
    expect([codeOf(gone), gone.body.errors[0].message]).toEqual(['404 not_found', 'User Not Found'])
    expect(
      (await call(sandbox, `/contacts/${second.id}/tags`)).body.data.map((tag: Json) => tag.id),
    ).toContain('7400100')
    await change({ kind: 'delete_contact', id: second.id })
    const left = (await walk(sandbox, '/contacts/search', 'data', everything)).map((one) => one.id)
    expect(left).not.toContain(first.id)
    expect(left).not.toContain(second.id)
    expect((await call(sandbox, '/contacts')).body.total_count).toBe(248)
  })

  test('tags and companies of a contact move its updated_at, unless the switch says otherwise', async () => {
    const [contact] = (await walk(sandbox, '/contacts', 'data'))
      .filter((one) => one.tags.total_count === 0)
      .toReversed()
    sandbox.workspace.behaviour.childChangesTouchParent = false
    await change({ kind: 'tag_contact', id: contact.id, tagId: '7400103' })
    const tagged = (await call(sandbox, `/contacts/${contact.id}`)).body
    expect([tagged.updated_at, tagged.tags.total_count]).toEqual([contact.updated_at, 1])
    sandbox.workspace.behaviour.childChangesTouchParent = true
    await change({ kind: 'untag_contact', id: contact.id, tagId: '7400103' })
    expect((await call(sandbox, `/contacts/${contact.id}`)).body).toMatchObject({
      updated_at: now / 1000,
      tags: { total_count: 0 },
    })
  })

  test('a reply is a new part, a redacted one is emptied, and a renamed tag has its new name everywhere', async () => {
    const id = sandbox.workspace.data.conversations.idAt(11)
    await change({ kind: 'reply_conversation', id, text: '<p>שלום</p>' })
    let { body } = await call(sandbox, `/conversations/${id}`)
    expect(body.conversation_parts.conversation_parts.at(-1).body).toBe('<p>שלום</p>')
    expect(body.statistics.count_conversation_parts).toBe(641)
    const part = body.conversation_parts.conversation_parts[100].id
    await change({ kind: 'redact_part', id, partId: part })
    await change({ kind: 'tag_conversation', id, tagId: '7400100' })
    await change({ kind: 'rename_tag', id: '7400100', text: 'Erstattung "neu"' })
    body = (await call(sandbox, `/conversations/${id}`)).body
    expect(body.conversation_parts.conversation_parts.find((one: Json) => one.id === part)).toMatchObject({
      redacted: true,
    })
    expect(body.tags.tags.find((tag: Json) => tag.id === '7400100').name).toBe('Erstattung "neu"')
  })

  test('fields can be set, digits beyond 2^53 survive a change, and what cannot be done is a 400', async () => {
    const hostile = sandbox.workspace.data.contacts.idAt(13)
    await change({ kind: 'update_contact', id: hostile, fields: { name: '𠮷 new' } })
    const { text } = await call(sandbox, `/contacts/${hostile}`)
    expect(text).toContain('"big":9007199254740993')
    expect(text).toContain('"__proto__":{"polluted":true}')
    expect(text).toContain('"name":"𠮷 new"')
    for (const body of [{ kind: 'dance' }, { kind: 'update_contact', id: 'none' }])
      expect((await call(sandbox, '/_sandbox/change', body)).status).toBe(400)
  })
})

describe('other controls', () => {
  test('switches and faults are set at run time, described, and refused when wrong', async () => {
    const set = (body: object) => call(sandbox, '/_sandbox/behaviour', body)
    expect(
      (
        await set({
          contactDates: 'utc_day',
          indexLagSeconds: '30',
          missingScopes: 'Read tags,Read tickets',
          gzip: 'true',
        })
      ).body,
    ).toMatchObject({
      contactDates: 'utc_day',
      indexLagSeconds: 30,
      missingScopes: ['Read tags', 'Read tickets'],
      gzip: true,
    })
    for (const wrong of [
      { contactDates: 'month' },
      { nonsense: 1 },
      { indexLagSeconds: 'soon' },
      { faults: { rate: 1, kinds: ['explode'] } },
    ])
      expect((await set(wrong)).status).toBe(400)
    const described = (await call(sandbox, '/_sandbox/behaviour')).body
    expect(described.contactDates).toMatchObject({ value: 'utc_day', byDefault: 'workspace_day' })
    await set({ gzip: false, faults: { rate: 1, kinds: ['server_error'] } })
    expect((await call(sandbox, '/me')).status).toBe(500)
    await set({ faults: null })
    expect((await call(sandbox, '/me')).status).toBe(200)
  })

  test('the clock is moved', async () => {
    expect((await call(sandbox, '/_sandbox/advance', { seconds: 3600 })).body.now).toBe(now / 1000 + 3600)
    expect((await call(sandbox, '/_sandbox/advance', { seconds: 'x' })).status).toBe(400)
  })

  test('requests are logged with status and fault, from a number on, until the log is reset', async () => {
    await call(sandbox, '/me?a=1')
    sandbox.faults.set({ rate: 1, kinds: ['bad_gateway'] })
    await call(sandbox, '/contacts/search', everything)
    const requests = async (since = 0) =>
      (await call(sandbox, `/_sandbox/requests?since=${since}`)).body.requests
    expect(await requests()).toMatchObject([
      {
        sequence: 1,
        method: 'GET',
        path: '/me',
        query: { a: '1' },
        status: 200,
        fault: null,
        write: false,
        version: '2.15',
      },
      {
        sequence: 2,
        method: 'POST',
        path: '/contacts/search',
        body: everything,
        status: 502,
        fault: 'bad_gateway',
        write: false,
      },
    ])
    expect(await requests(1)).toHaveLength(1)
    await call(sandbox, '/_sandbox/reset-log', {})
    expect(await requests()).toEqual([])
  })

  test('a web page of another origin cannot steer the sandbox', async () => {
    expect(
      (await call(sandbox, '/_sandbox/behaviour', {}, { origin: 'http://evil.example.com' })).status,
    ).toBe(403)
  })
})
