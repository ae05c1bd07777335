import { applyCommand } from '@penstock/web/editor/document/apply-command.ts'
import { emptyContent } from '@penstock/web/editor/document/draft-document.ts'
import type { DraftDocument } from '@penstock/web/editor/document/draft-document.ts'
import { isOnlyBegun, problemsOf } from '@penstock/web/editor/document/problem.ts'
import {
  countPipeline,
  summariseProtection,
  summariseSchedule,
  summariseSource,
} from '@penstock/web/editor/document/summarise-step.ts'
import { mergeProblems, validateDraft } from '@penstock/web/editor/document/validate-draft.ts'
import { allOpenFields } from '@penstock/web/editor/document/validate-draft-objects.ts'
import { describe, expect, test } from 'vitest'
import { catalogue, connections, soundDocument } from '../support-catalogue.ts'

const around = { catalogue, connections }

function pointers(document: DraftDocument): readonly string[] {
  return validateDraft(document, around).map(({ severity, pointer }) => `${severity} ${pointer}`)
}

test('a sound pipeline has no problem, and an empty one says what is missing', () => {
  expect(pointers(soundDocument)).toEqual([])
  expect(pointers({ name: ' ', objects: {} })).toEqual(['error /name', 'error /source', 'error /destination'])
})

test('a pipeline that was just begun has steps left, and problems only once something is wrong', () => {
  const begun: DraftDocument = { name: 'New', objects: {} }
  expect(isOnlyBegun(validateDraft(begun, around))).toBe(true)
  expect(isOnlyBegun(validateDraft({ ...begun, source: { connector: 'intercom' } }, around))).toBe(true)
  expect(isOnlyBegun(validateDraft({ ...begun, concurrency: 0 }, around))).toBe(false)
  expect(isOnlyBegun(validateDraft(soundDocument, around))).toBe(false)
})

const wrong: readonly (readonly [string, Partial<DraftDocument>, string])[] = [
  ['no connection', { source: { connector: 'intercom' } }, 'error /source/connection'],
  [
    'a deleted connection',
    { source: { connector: 'intercom', connection: 'x' } },
    'error /source/connection',
  ],
  [
    'a broken one',
    { destination: { type: 'duckdb', connection: 'd2', schema: 's' } },
    'error /destination/connection',
  ],
  ['no objects', { objects: {} }, 'error /objects'],
  ['an unknown object', { objects: { contact: {} } }, 'error /objects/contact'],
  ['a missing scope', { objects: { tickets: {} } }, 'warning /objects/tickets'],
  ['a hashed key', { objects: { tickets: { fields: { id: 'hash' } } } }, 'error /objects/tickets/fields/id'],
  [
    'a start without start',
    { objects: { companies: { startAt: '2026-01-01' } } },
    'error /objects/companies/startAt',
  ],
  [
    'a day no calendar has',
    { objects: { tickets: { startAt: '2026-02-30' } } },
    'error /objects/tickets/startAt',
  ],
  ['open fields', { objects: { companies: {} } }, 'warning /objects/companies/fields'],
  [
    'a parent that leaves out what is read',
    { objects: { contacts: { fields: { tags: 'exclude' } }, contact_tag: {} } },
    'error /objects/contact_tag',
  ],
  ['too often', { schedule: { every: '5m' } }, 'error /schedule/every'],
  ['too seldom', { schedule: { every: '2d' } }, 'error /schedule/every'],
  ['four fields', { schedule: { cron: '0 6 * *' } }, 'error /schedule/cron'],
  [
    'a zone that is none',
    { schedule: { cron: '0 6 * * *', timezone: 'Mars/North' } },
    'error /schedule/timezone',
  ],
  ['no concurrency at all', { concurrency: 0 }, 'error /concurrency'],
  [
    'no namespace',
    { destination: { type: 'postgres', connection: 'd1', schema: '' } },
    'error /destination/schema',
  ],
  [
    'a namespace of the database',
    { destination: { type: 'postgres', connection: 'd1', schema: 'pg_x' } },
    'error /destination/schema',
  ],
  [
    'a word of SQL as the namespace',
    { destination: { type: 'postgres', connection: 'd1', schema: 'order' } },
    'warning /destination/schema',
  ],
  [
    'a namespace that needs quotes',
    { destination: { type: 'postgres', connection: 'd1', schema: 'Support-Data' } },
    'warning /destination/schema',
  ],
]

describe('says at once', () => {
  test.each(wrong)('%s', (_, part, expected) => {
    expect(pointers({ ...soundDocument, ...part })).toContain(expected)
  })
})

test('every remedy that is offered cures its problem', () => {
  const document: DraftDocument = {
    ...soundDocument,
    objects: {
      contacts: { fields: { tags: 'exclude', id: 'hash' } },
      contact_tag: {},
      companies: { startAt: '2026-01-01' },
      tickets: {},
    },
  }
  const problems = validateDraft(document, around)
  expect(problems.filter(({ remedy }) => remedy).length).toBeGreaterThanOrEqual(5)
  for (const { remedy, pointer, message } of problems) {
    if (!remedy) continue
    const outcome = applyCommand({ ...emptyContent(''), document }, remedy.command)
    if (!('content' in outcome)) throw new Error(outcome.refused)
    const left = validateDraft(outcome.content.document, around)
    expect(left.filter((one) => one.pointer === pointer && one.message === message)).toEqual([])
  }
})

test('a name in a problem of the server’s that runs from right to left does not turn its sentence round', () => {
  const problem = { pointer: '/source/connection', fix: 'Ask “דנה”.', severity: 'error' } as const
  const problems = [{ ...problem, message: '“الدعم 2026!” is disconnected.' }]
  const [said] = mergeProblems([], { document: soundDocument, problems }, soundDocument)
  expect(said).toMatchObject({
    message: '“\u2068الدعم 2026!\u2069” is disconnected.',
    fix: 'Ask “\u2068דנה\u2069”.',
  })
})

test('the server’s problems stand beside the editor’s until what they are about changes', () => {
  const verdict = {
    document: soundDocument,
    problems: [
      { pointer: '/schedule/every', message: 'Too much.', fix: 'Less.', severity: 'error' as const },
    ],
  }
  const [said] = mergeProblems([], verdict, soundDocument)
  expect(said).toMatchObject({ from: 'server', step: 'source', severity: 'error' })
  expect(mergeProblems([], verdict, { ...soundDocument, schedule: { every: '1h' } })).toEqual([])
  const own = validateDraft({ name: 'x', objects: {} }, around)
  const twice = {
    document: { name: 'x', objects: {} },
    problems: [
      { pointer: '', message: 'source is missing', fix: 'Add it.', severity: 'error' as const },
      { pointer: '/source/connector', message: 'x', fix: 'y', severity: 'error' as const },
    ],
  }
  expect(mergeProblems(own, twice, twice.document)).toEqual(own)
  const unconnected = { ...soundDocument, source: { connector: 'intercom' } }
  const there = [
    { pointer: '/source', message: '“connection” is missing.', fix: '', severity: 'error' as const },
  ]
  const left = validateDraft(unconnected, around)
  expect(mergeProblems(left, { document: unconnected, problems: there }, unconnected)).toEqual(left)
})

test('“Hash all sensitive fields” leaves none open, and touches no key', () => {
  const document = { ...soundDocument, objects: { contacts: {}, companies: {}, contact_tag: {} } }
  const fields = allOpenFields(document, catalogue)
  expect(fields).toEqual({ contacts: ['email', 'phone', 'location.city'], companies: ['name'] })
  const outcome = applyCommand(
    { ...emptyContent(''), document },
    { type: 'setProtection', fields, protection: 'hash' },
  )
  if (!('content' in outcome)) throw new Error(outcome.refused)
  expect(validateDraft(outcome.content.document, around)).toEqual([])
})

test('hashing a whole column covers what lies inside it', () => {
  const document = {
    ...soundDocument,
    objects: { contacts: { fields: { location: 'hash', email: 'hash', phone: 'hash' } as const } },
  }
  expect(pointers(document)).toEqual([])
})

test('cards say in one line what a step does', () => {
  const counts = countPipeline(soundDocument, catalogue)
  expect(summariseSource(soundDocument, counts)).toBe('2 objects · 8 fields · 2 hashed · every 15 min')
  expect(summariseProtection(counts)).toBe('2 hashed · 1 left out')
  expect(summariseSchedule(undefined)).toBe('by hand')
  expect(summariseSchedule({ cron: '0 6 * * *' })).toBe('cron 0 6 * * * (UTC)')
})

test('a problem of a field is shown on the source while no protection step is drawn', () => {
  const problems = validateDraft({ ...soundDocument, objects: { companies: {} } }, around)
  expect(problemsOf(problems, 'source', ['source', 'destination'])).toHaveLength(1)
  expect(problemsOf(problems, 'source', ['source', 'protection', 'destination'])).toHaveLength(0)
  expect(problemsOf(problems, 'object:companies', [])).toHaveLength(1)
})
