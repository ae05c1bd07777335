import { describe, expect, test } from 'vitest'
import { truthLines } from '@penstock/server/sandbox/control/truth.ts'
import { truths } from '@penstock/server/sandbox/control/truth.ts'
import { parseExactly } from '@penstock/server/sandbox/json-text.ts'
import { Workspace } from '@penstock/server/sandbox/workspace.ts'
import { now } from './call-sandbox.ts'
import type { Json } from './call-sandbox.ts'

const sizes = { contacts: 700, companies: 120, conversations: 300, tickets: 150 }
const everythingOf = (workspace: Workspace) =>
  Object.keys(truths).map((object) => [object, [...truthLines(workspace, object)].join('')])
const recordsOf = (workspace: Workspace, object: string): Json[] =>
  [...truthLines(workspace, object)].map((line) => parseExactly(line))

test('the same seed, sizes and now give the same data, another seed other data', () => {
  expect(everythingOf(new Workspace({ now, sizes, seed: 4 }))).toEqual(
    everythingOf(new Workspace({ now, sizes, seed: 4 })),
  )
  const [first, other] = [new Workspace({ now, sizes, seed: 4 }), new Workspace({ now, sizes, seed: 5 })]
  expect(first.data.contacts.text(9)).not.toBe(other.data.contacts.text(9))
})

describe('references', () => {
  const workspace = new Workspace({ now, sizes })
  const ids = (object: string) => new Set(recordsOf(workspace, object).map((record) => record.id))
  const [contacts, companies, admins, teams, tags, tickets] = [
    'contacts',
    'companies',
    'admins',
    'teams',
    'tags',
    'tickets',
  ].map(ids) as [Set<string>, Set<string>, Set<string>, Set<string>, Set<string>, Set<string>]

  test('lead somewhere, but for contacts that were deleted long ago', () => {
    const conversations = recordsOf(workspace, 'conversations')
    const unknown = conversations
      .flatMap((one) => one.contacts.contacts)
      .filter((contact) => !contacts.has(contact.id))
    expect(new Set(unknown.map((contact) => contact.id)).size).toBe(1)
    expect(unknown.length).toBeLessThan(conversations.length / 50)
    for (const one of conversations) {
      expect([...admins, 'null']).toContain(String(one.admin_assignee_id))
      expect([...teams, 'null']).toContain(String(one.team_assignee_id))
      for (const linked of one.linked_objects.data) expect(tickets).toContain(linked.id)
      expect([...companies, undefined]).toContain(one.company?.id)
    }
    for (const row of recordsOf(workspace, 'contact_tag')) expect(tags).toContain(row.tag_id)
    for (const row of recordsOf(workspace, 'contact_company')) expect(companies).toContain(row.company_id)
    for (const row of recordsOf(workspace, 'team_admin')) expect(admins).toContain(row.admin_id)
  })

  test('agree: user_count with contact_company, ids are unique, dates are within two years and in order', () => {
    const members = Map.groupBy(recordsOf(workspace, 'contact_company'), (row) => row.company_id)
    const all = recordsOf(workspace, 'companies')
    for (const company of all) expect(company.user_count).toBe(members.get(company.id)?.length ?? 0)
    expect(all.some((company) => company.user_count === 0)).toBe(true)
    for (const object of [
      'contacts',
      'companies',
      'conversations',
      'conversation_parts',
      'tickets',
      'activity_logs',
    ]) {
      const records = recordsOf(workspace, object)
      expect(new Set(records.map((record) => record.id)).size).toBe(records.length)
      for (const { created_at: created, updated_at: updated = created } of records) {
        expect(created).toBeGreaterThan(now / 1000 - 732 * 86_400)
        expect(updated).toBeGreaterThanOrEqual(created)
        expect(updated).toBeLessThanOrEqual(now / 1000)
      }
    }
  })

  test('a part is never younger than its conversation’s updated_at', () => {
    const updated = new Map(recordsOf(workspace, 'conversations').map((one) => [one.id, one.updated_at]))
    for (const part of recordsOf(workspace, 'conversation_parts'))
      expect(part.updated_at).toBeLessThanOrEqual(updated.get(part.conversation_id))
  })
})

test('text is in many scripts, and all addresses are example addresses', () => {
  const all = everythingOf(new Workspace({ now, sizes }))
    .map(([, text]) => text)
    .join('')
  for (const script of [
    /\p{Script=Arabic}/u,
    /\p{Script=Hebrew}/u,
    /\p{Script=Han}/u,
    /\p{Script=Hangul}/u,
    /\p{Script=Devanagari}/u,
    /\p{Script=Cyrillic}/u,
    /\p{Emoji_Presentation}/u,
  ])
    expect(all).toMatch(script)
  const hosts = new Set([...all.matchAll(/(?:@|:\/\/)([a-z0-9.-]+\.[a-z]{2,})/g)].map((match) => match[1]))
  for (const host of hosts) expect(host).toMatch(/(^|\.)example\.(com|net|org)$/)
})

test('hostile names and values are in custom attributes; what no database stores only behind its switch', () => {
  const workspace = new Workspace({ now, sizes })
  const hostile = () => workspace.data.contacts.text(13)
  for (const piece of [
    '"__proto__":',
    '"constructor":',
    '"first.second.third":',
    '"with space":',
    '9007199254740993',
    '-9223372036854775808',
    '"Name":"upper","name":"lower"',
    '"":"',
  ])
    expect(hostile()).toContain(piece)
  expect(hostile()).not.toContain('\\u0000')
  workspace.behaviour.unstorableText = true
  expect(hostile()).toContain('a\\u0000b')
  expect(hostile()).toContain('\\ud83d"')
})

test('a million contacts are there at once, each can be found, and a page of them is made in milliseconds', () => {
  const began = performance.now()
  const { contacts } = new Workspace({ now, sizes: { ...sizes, contacts: 1_000_000 } }).data
  expect(performance.now() - began).toBeLessThan(30_000)
  for (const index of [0, 123_456, 999_999]) expect(contacts.find(contacts.idAt(index))).toBe(index)
  const pages = performance.now()
  for (let index = 0; index < 15_000; index++) Buffer.from(contacts.text(index))
  expect((performance.now() - pages) / 100).toBeLessThan(100)
})
