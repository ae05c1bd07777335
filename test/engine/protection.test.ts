import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunEvent } from '@penstock/server/engine/execute-run.ts'
import { guessSensitive } from '@penstock/server/engine/guess-sensitive.ts'
import { planProtection, protectTree, type Protection } from '@penstock/server/engine/protect-tree.ts'
import { protectionWarnings } from '@penstock/server/engine/plan-table.ts'
import { writeNote } from '@penstock/server/engine/column-note.ts'
import type { TableShape } from '@penstock/server/engine/table-shape.ts'
import { Pseudonymiser } from '@penstock/server/engine/protect-value.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { PipelineRig, reportOf, troubles } from './pipeline-rig.ts'
import { parseRecords, pseudonymiser, shapeOf } from './shape-records.ts'

const token = /^h1:[\w-]{43}$/

describe('a token', () => {
  test('is the same for every spelling of one identity', () => {
    const same = [
      ['email', 'A.B@Example.com', '  a.b@example.COM '],
      ['phone', '+44 (7700) 900-123', '+447700900123'],
      ['person_name', 'Zoe\u0308', 'Zo\u00eb'],
    ] as const
    for (const [kind, one, other] of same) {
      expect(pseudonymiser.token(kind, one)).toMatch(token)
      expect(pseudonymiser.token(kind, one)).toBe(pseudonymiser.token(kind, other))
    }
  })

  test('differs between kinds, types, keys and values', () => {
    const tokens = [
      pseudonymiser.token('email', '1'),
      pseudonymiser.token('free_text', '1'),
      pseudonymiser.token('free_text', 1),
      pseudonymiser.token('free_text', true),
      pseudonymiser.token('free_text', 'true'),
      pseudonymiser.token('free_text', ' 1'),
      pseudonymiser.token('phone', '...'),
      pseudonymiser.token('phone', '---'),
      new Pseudonymiser(Buffer.alloc(32, 8)).token('free_text', '1'),
      pseudonymiser.token('free_text', 'x'.repeat(10_000)),
      pseudonymiser.token('free_text', 'x'.repeat(10_001)),
    ]
    expect(new Set(tokens).size).toBe(tokens.length)
  })

  test('of nothing is nothing', () => {
    expect(pseudonymiser.token('email', '')).toBe('')
  })

  test('of a number beyond 2^53 does not depend on what else is on the page', () => {
    const node = planProtection({ type: 'integer' }, new Map([['', 'hash']]))
    const tokenOf = (text: string) =>
      parseRecords(text).map((record) => protectTree((record as { n: unknown }).n, node, pseudonymiser))
    const [alone] = tokenOf('[{"n":9007199254740993}]')
    const [beside, other] = tokenOf('[{"n":9007199254740993},{"n":9007199254740992}]')
    expect(alone).toBe(beside)
    expect(other).not.toBe(alone)
  })
})

describe('inside a JSON value', () => {
  const choices = (paths: Readonly<Record<string, Protection>>) => new Map(Object.entries(paths))
  const protect = (value: unknown, paths: Readonly<Record<string, Protection>>) =>
    protectTree(value, planProtection({ type: 'object' }, choices(paths)), pseudonymiser)

  test('a path is hashed or left out in place, and the rest stays as it was', () => {
    const value = { a: { b: 'x', c: null, d: '' }, list: [{ b: 1 }, { b: 2, e: 3 }], n: 5 }
    expect(protect(value, { 'a.b': 'hash', 'list.b': 'exclude', 'a.c': 'hash', 'a.d': 'hash' })).toEqual({
      a: { b: expect.stringMatching(token), c: null, d: '' },
      list: [{}, { e: 3 }],
      n: 5,
    })
  })

  test('what stands where an object was expected, of which a part is hidden, is hidden as a whole', () => {
    const paths = { 'avatar.url': 'hash', 'place.city': 'exclude', 'open.url': 'replicate' } as const
    const value = { avatar: 'https://jo.example', place: ['Dublin', null, ''], open: 'as it is' }
    expect(protect(value, paths)).toEqual({
      avatar: expect.stringMatching(token),
      place: [expect.stringMatching(token), null, ''],
      open: 'as it is',
    })
  })

  test('a whole object is hashed with every key that it will ever have', () => {
    const value: unknown = JSON.parse(
      '{"__proto__":{"x":"1"},"constructor":"2","new":[{"deep":["3",4,true]}]}',
    )
    const text = JSON.stringify(protect(value, { '': 'hash' }))
    expect(text.match(/h1:[\w-]{43}/g)).toHaveLength(5)
    expect(text.replaceAll(/"h1:[\w-]{43}"/g, 'T')).toBe(
      '{"__proto__":{"x":T},"constructor":T,"new":[{"deep":[T,T,T]}]}',
    )
  })

  test('a member may be replicated out of an object that is hashed', () => {
    const kept = protect({ keep: 'x', hide: 'y' }, { '': 'hash', keep: 'replicate' })
    expect(kept).toEqual({ keep: 'x', hide: expect.stringMatching(token) })
  })
})

test('rows that landed before a part of an object was hashed or left out are told of, once', () => {
  const shapeWith = (paths: Readonly<Record<string, Protection>>) => {
    const protection = planProtection({ type: 'object' }, new Map(Object.entries(paths)))
    return shapeOf({ place: 'json' }, false, protection)
  }
  const noted = (shape: TableShape) => shape.spec((column) => writeNote(column, 0, undefined))
  const hiding = shapeWith({ city: 'hash', 'at.street': 'exclude' })
  expect(protectionWarnings(hiding, noted(shapeWith({})))).toEqual([
    expect.stringContaining('still hold place.city, place.at.street as plain text'),
  ])
  expect(protectionWarnings(hiding, noted(hiding))).toEqual([])
  expect(protectionWarnings(shapeWith({ '': 'hash' }), noted(hiding))).toEqual([
    expect.stringContaining('still hold place as plain text'),
  ])
})

test('what a new field may hold is guessed from its name, and from its value', () => {
  expect(guessSensitive('work_email', 'x')).toBe('email')
  expect(guessSensitive('secondary_mobile', 1)).toBe('phone')
  expect(guessSensitive('contact_point', 'jo@example.com')).toBe('email')
  expect(guessSensitive('extra', { deep: [{ first_name: 'Jo' }] })).toBe('person_name')
  expect(guessSensitive('score', 12)).toBeUndefined()
  const nested = (levels: number, value: unknown) =>
    Array.from({ length: levels }).reduce((inside) => [inside], value)
  expect(guessSensitive('extra', nested(50, 'jo@example.com'))).toBe('email')
  expect(guessSensitive('extra', nested(100_000, 'jo@example.com'))).toBeUndefined()
})

describe('in a destination', () => {
  let database: TestDatabase
  let rig: PipelineRig
  beforeAll(async () => {
    database = await createDatabase()
    rig = await PipelineRig.start(database, { sizes: { contacts: 40, conversations: 20 } })
  })
  afterAll(async () => {
    await rig.close()
    await database.drop()
  })

  test('protected values are nowhere: no table, reject, report or event', async () => {
    const canary = 'canary-7f3a'
    const [contact] = await rig.workspace.truth('contacts')
    const [conversation] = await rig.workspace.truth('conversations')
    const hidden = (at: number) => `${canary}${at}@example.com`
    const fields = {
      name: hidden(1),
      email: hidden(2),
      phone: hidden(3),
      location: { type: 'location', city: hidden(4), country: hidden(5), region: hidden(6) },
      custom_attributes: { secret: hidden(7), [`list`]: [hidden(8)] },
      signed_up_at: { odd: hidden(9) },
      home_address: hidden(10),
      nested_new: { user_email: hidden(11) },
      nothing_special: hidden(12),
    }
    await rig.workspace.change({ kind: 'update_contact', id: contact?.['id'], fields })
    await rig.workspace.change({
      kind: 'update_conversation',
      id: conversation?.['id'],
      fields: { title: canary },
    })
    await rig.workspace.change({ kind: 'reply_conversation', id: conversation?.['id'], text: canary })
    const events: RunEvent[] = []
    const report = await rig.run(
      {
        contacts: {
          fields: {
            name: 'hash',
            email: 'hash',
            phone: 'exclude',
            location: 'hash',
            custom_attributes: 'hash',
            signed_up_at: 'hash',
          },
        },
        contact_tag: {},
        conversations: { fields: { title: 'exclude', source: 'hash', contacts: 'hash' } },
        conversation_parts: { fields: { body: 'hash', author: 'hash' } },
      },
      { onEvent: (event) => events.push(event) },
    )
    expect(troubles(report)).toEqual([])
    expect(JSON.stringify(report)).not.toContain(canary)
    expect(JSON.stringify(events)).not.toContain(canary)
    const tables =
      await database.sql`select table_name from information_schema.tables where table_schema = ${rig.schema}`
    expect(tables.length).toBeGreaterThan(5)
    const found: string[] = []
    for (const { table_name: table } of tables) {
      const rows =
        await database.sql`select t::text as text from ${database.sql(rig.schema)}.${database.sql(String(table))} t`
      found.push(...rows.filter(({ text }) => String(text).includes(canary)).map(() => String(table)))
    }
    expect(found).toEqual([])
  })

  test('new fields are protected as the pipeline says, and told of', async () => {
    const [contact] = await rig.workspace.truth('contacts')
    const policies = [
      ['replicate', 'x@example.com', 'plain', 'changed'],
      ['hash', token, token, token],
    ] as const
    const change = async (fields: object) =>
      rig.workspace.change({ kind: 'update_contact', id: contact?.['id'], fields })
    const cell = async (field: string) => {
      const row = (await rig.rows('contacts')).find(({ id }) => id === contact?.['id'])
      return String(row?.[field])
    }
    for (const [newFields, email, other, changed] of policies) {
      const names = { email: `${newFields}_email`, other: `${newFields}_other` }
      await change({ [names.email]: 'x@example.com', [names.other]: 'plain' })
      const report = await rig.run(['contacts'], { pipelineOptions: { newFields } })
      const told = reportOf(report, 'contacts').schemaChanges.map(({ field }) => field)
      expect(told).toEqual(expect.arrayContaining([names.email, names.other]))
      expect(await cell(names.email)).toMatch(email)
      expect(await cell(names.other)).toMatch(other)
      await change({ [names.other]: 'changed' })
      await rig.run(['contacts'], { pipelineOptions: { newFields: 'hash_sensitive' } })
      expect(await cell(names.other)).toMatch(changed)
    }
  })

  test('a person’s e-mail has the same token in every table that names it', async () => {
    const everything = await PipelineRig.start(database, { sizes: { contacts: 40, conversations: 30 } })
    try {
      const report = await everything.run({
        contacts: { fields: { email: 'hash' } },
        admins: { fields: { email: 'hash' } },
        conversations: { fields: { 'source.author': 'hash' } },
        conversation_parts: { fields: { author: 'hash' } },
        activity_logs: { fields: { performed_by: 'hash' } },
      })
      expect(troubles(report)).toEqual([])
      const emails = async (object: string, path: readonly string[]) => {
        const rows = await everything.rows(object)
        return rows.map((row) => {
          const [column, ...steps] = path
          let value: unknown = row[column ?? '']
          if (steps.length > 0 && typeof value === 'string') value = JSON.parse(value)
          for (const step of steps) value = (value as Record<string, unknown> | null)?.[step]
          return value
        })
      }
      const people = new Set([
        ...(await emails('contacts', ['email'])),
        ...(await emails('admins', ['email'])),
      ])
      const authors = [
        ...(await emails('conversations', ['source', 'author', 'email'])),
        ...(await emails('conversation_parts', ['author', 'email'])),
        ...(await emails('activity_logs', ['performed_by', 'email'])),
      ].filter((email) => typeof email === 'string' && email !== '')
      expect(authors.length).toBeGreaterThan(30)
      expect(authors.every((email) => token.test(String(email)))).toBe(true)
      expect(authors.filter((email) => people.has(email)).length / authors.length).toBeGreaterThan(0.5)
    } finally {
      await everything.close()
    }
  })

  test('a blocked table stays as it is, and what is new waits for a decision', async () => {
    const blocked = await PipelineRig.start(database, { sizes: { contacts: 20 } })
    try {
      await blocked.run(['contacts'])
      const columns = Object.keys((await blocked.rows('contacts'))[0] ?? {})
      const [contact] = await blocked.workspace.truth('contacts')
      const change = { kind: 'update_contact', id: contact?.['id'], fields: { mood: 'fine' } }
      await blocked.workspace.change(change)
      const report = await blocked.run(['contacts'], { pipelineOptions: { schemaChanges: 'block' } })
      expect(reportOf(report, 'contacts').schemaChanges).toMatchObject([{ field: 'mood', applied: 'none' }])
      expect(reportOf(report, 'contacts').warnings.join()).toMatch(/waits? for a decision/)
      expect(Object.keys((await blocked.rows('contacts'))[0] ?? {})).toEqual(columns)
    } finally {
      await blocked.close()
    }
  })
})
