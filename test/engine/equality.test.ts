import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxOptions } from '@penstock/server/sandbox/sandbox-options.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { allObjects } from './intercom-workspace.ts'
import { hastyClock, PipelineRig, reportOf, troubles } from './pipeline-rig.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

/** Runs, changes the workspace, runs twice more; what is wrong with any run, or differs between a table and the workspace. */
async function flawsOfThreeRuns(
  options: SandboxOptions,
  objects: readonly string[] = allObjects,
  at?: string,
): Promise<readonly string[]> {
  const rig = await PipelineRig.start(database, options)
  if (at !== undefined) rig.workspace.sandbox.workspace.clock.advance((Date.parse(at) - Date.now()) / 1000)
  const clock = hastyClock((ms) => rig.workspace.sandbox.workspace.clock.advance(ms / 1000))
  try {
    for (const changes of [0, 120, 20]) {
      if (changes > 0) await rig.workspace.change({ random: changes, seed: 3 + changes })
      const report = await rig.run(objects, { clock })
      const flaws = [...troubles(report), ...(await rig.differences(objects))]
      if (flaws.length > 0) return flaws
    }
    return []
  } finally {
    await rig.close()
  }
}

test('all 22 tables equal the workspace, first, after changes, and again', async () => {
  expect(await flawsOfThreeRuns({})).toEqual([])
})

/** Of next year, UTC: around midnight, around both changes of the clocks, at both ends of the world, and half an hour off. */
const moments = [
  ['Pacific/Auckland', `${sundayOn('04-01', -1)}T13:30:00Z`, 'workspace_day'],
  ['Pacific/Auckland', `${sundayOn('09-24', -1)}T14:30:00Z`, 'utc_day'],
  ['Pacific/Kiritimati', `${sundayOn('06-01', 0)}T10:05:00Z`, 'workspace_day'],
  ['America/St_Johns', `${sundayOn('11-01', 0)}T04:20:00Z`, 'second'],
  ['Pacific/Pago_Pago', `${sundayOn('06-01', 0)}T10:55:00Z`, 'workspace_day'],
  ['Pacific/Pago_Pago', `${sundayOn('06-01', 0)}T23:59:55Z`, 'utc_day'],
] as const

test.each(moments)(
  'in %s at %s with contact dates by %s the tables equal the workspace',
  async (...moment) => {
    const [timezone, now, contactDates] = moment
    const worst = { contactAfterInclusive: true, conversationDates: 'day', afterInclusive: false } as const
    const sizes = { contacts: 170, companies: 20, conversations: 40, tickets: 30 }
    expect(
      await flawsOfThreeRuns({ timezone, sizes, behaviour: { contactDates, ...worst } }, dated, now),
    ).toEqual([])
  },
)

/** The first Sunday from a day of next year on, and so many days later, as a date. */
function sundayOn(monthAndDay: string, later: number): string {
  const day = new Date(`${new Date().getUTCFullYear() + 1}-${monthAndDay}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + ((7 - day.getUTCDay()) % 7) + later)
  return day.toISOString().slice(0, 10)
}

const dated = ['contacts', 'contact_tag', 'contact_company', 'conversations', 'conversation_tag', 'tickets']
const companies = ['companies', 'company_tag']
const conversations = ['conversations', 'conversation_parts']

const worst: readonly (readonly [string, SandboxOptions['behaviour'], readonly string[]])[] = [
  ['sorts ignored', { contactSort: 'ignored' }, dated],
  ['sorts honoured', { conversationSort: 'honoured', ticketSort: 'honoured' }, dated],
  ['wrong totals', { searchTotalCount: 'wrong', subListTotalCount: 'wrong' }, [...dated, 'articles']],
  ['wrong totals and nothing else', { subListTotalCount: 'wrong', subListHasMore: false }, dated],
  [
    'the other shapes of answers',
    {
      contactCompaniesKey: 'companies',
      subListHasMore: false,
      ticketTypeAttributesKey: 'ticket_type_attributes',
      teammatesShape: 'teammates',
      ownerId: 'string',
      partsTotalCount: 'returned',
      versionEcho: 'absent',
    },
    [...dated, 'conversation_parts', 'ticket_types'],
  ],
  ['fresh scroll tokens', { scrollToken: 'fresh' }, companies],
  ['a scroll that breaks off', { scrollErrorEvery: 5 }, companies],
  ['text that no database can hold', { unstorableText: true }, ['contacts', ...companies, ...conversations]],
]

test.each(worst)('with %s the tables equal the workspace', async (_, behaviour, objects) => {
  expect(await flawsOfThreeRuns({ behaviour }, objects)).toEqual([])
})

test('records that become searchable late are in the next run', async () => {
  const rig = await PipelineRig.start(database, { clock: 'running' })
  try {
    await rig.run()
    await rig.workspace.behave({ indexLagSeconds: 300 })
    await rig.workspace.change({ random: 60, seed: 9 })
    expect((await rig.run()).status).toBe('succeeded')
    await rig.workspace.behave({ indexLagSeconds: 0 })
    expect(troubles(await rig.run())).toEqual([])
    expect(await rig.differences()).toEqual([])
  } finally {
    await rig.close()
  }
})

test('an activity that is listed minutes late is in the next run', async () => {
  const rig = await PipelineRig.start(database, { clock: 'running' })
  const { data, now } = rig.workspace.sandbox.workspace
  const [newest] = data.activityLogs
  if (!newest) throw new Error('The workspace has no activities.')
  try {
    await rig.run(['activity_logs'])
    const late = { ...newest, id: '00000000-0000-4000-8000-000000000001', created_at: now - 300 }
    data.activityLogs.push(late)
    expect(troubles(await rig.run(['activity_logs']))).toEqual([])
    expect((await rig.rows('activity_logs')).map(({ id }) => id)).toContain(late.id)
  } finally {
    await rig.close()
  }
})

test.each([1, 3])(
  'data that changes with every %d requests is equal after one quiet run',
  async (changeEvery) => {
    const rig = await PipelineRig.start(database, { behaviour: { changeEvery } })
    try {
      expect(troubles(await rig.run())).toEqual([])
      expect(troubles(await rig.run())).toEqual([])
      await rig.workspace.behave({ changeEvery: 0 })
      expect(troubles(await rig.run())).toEqual([])
      expect(await rig.differences()).toEqual([])
    } finally {
      await rig.close()
    }
  },
)

test('a conversation that is gone when it is fetched is marked as deleted, with a warning', async () => {
  const rig = await PipelineRig.start(database, { behaviour: { goneOnRetrieve: 10 } })
  const objects = ['conversations', 'conversation_parts', 'email_address_header']
  const marked = async () => (await rig.allRows('conversations')).filter((row) => row['_deleted_at'] !== null)
  try {
    const report = await rig.run(objects)
    expect(report.status).toBe('succeeded')
    expect(reportOf(report, 'conversations').warnings.join()).toMatch(/deleted while they were read/)
    expect(await marked()).toHaveLength(6)
    expect((await rig.run(objects)).status).toBe('succeeded')
    expect(await marked()).toHaveLength(6)
    expect(await rig.differences(['conversation_parts', 'email_address_header'])).toEqual([])
  } finally {
    await rig.close()
  }
})

test('what was gone when it was asked for is said of a whole run, also where another attempt went on with it', async () => {
  const rig = await PipelineRig.start(database, { behaviour: { goneOnRetrieve: 10 } })
  const objects = ['conversations', 'conversation_parts']
  const soFar = { requests: 0, retries: 0, rateLimitWaitMs: 0, objects: new Map() }
  try {
    const first = await rig.run(objects, { run: 'one', soFar })
    await rig.workspace.change({ random: 5, seed: 1, kinds: ['reply_conversation'] })
    const second = await rig.run(objects, { run: 'one', soFar })
    const said = (report: typeof first) => reportOf(report, 'conversations').warnings.join()
    expect(said(first)).toMatch(/^6 records of conversations were deleted/)
    expect(said(second)).toMatch(/^[6-9] records of conversations were deleted/)
  } finally {
    await rig.close()
  }
})

test('a conversation of more than 500 parts lands as far as it can be read, with a warning', async () => {
  const rig = await PipelineRig.start(database)
  try {
    const [first] = await rig.workspace.truth('conversations')
    const reply = { kind: 'reply_conversation', id: first?.['id'], text: 'Once more' }
    for (let part = 0; part < 505; part++) await rig.workspace.change(reply)
    const report = await rig.run(conversations)
    expect(report.status).toBe('succeeded')
    expect(reportOf(report, 'conversation_parts').warnings.join()).toMatch(
      /of the conversations holds? more conversation_parts/,
    )
    expect(await rig.differences(conversations)).toEqual([])
  } finally {
    await rig.close()
  }
})

test('a contact of more than ten tags and companies has them all', async () => {
  const rig = await PipelineRig.start(database)
  const objects = ['contacts', 'contact_tag', 'contact_company']
  try {
    const [contact] = await rig.workspace.truth('contacts')
    for (const { id } of await rig.workspace.truth('tags'))
      await rig.workspace.change({ kind: 'tag_contact', id: contact?.['id'], tagId: id })
    for (const { id } of (await rig.workspace.truth('companies')).slice(0, 70))
      await rig.workspace.change({ kind: 'attach_company', id: contact?.['id'], otherId: id })
    expect(troubles(await rig.run(objects))).toEqual([])
    expect(await rig.differences(objects)).toEqual([])
    const joined = (await rig.rows('contact_company')).filter((row) => row['contact_id'] === contact?.['id'])
    expect(joined.length).toBeGreaterThanOrEqual(70)
  } finally {
    await rig.close()
  }
})
