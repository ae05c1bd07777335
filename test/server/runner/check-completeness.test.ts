import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { HttpClient } from '@penstock/server/egress/http-client.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import type { SourceCount } from '@penstock/server/engine/count-source.ts'
import { checkCompleteness, compareCounts } from '@penstock/server/runner/check-completeness.ts'
import { createDatabase, type TestDatabase } from '../../create-database.ts'
import { allObjects } from '../../engine/intercom-workspace.ts'
import { PipelineRig, troubles } from '../../engine/pipeline-rig.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

const all: Pipeline['objects'] = Object.fromEntries(allObjects.map((object) => [object, {}]))

async function compare(
  rig: PipelineRig,
  objects: Pipeline['objects'] = all,
): ReturnType<typeof checkCompleteness> {
  const destination = await rig.destination()
  const own = new HttpClient({ allowedHosts: [new URL(rig.workspace.sandbox.url).host] })
  try {
    const input = {
      connector: rig.workspace.connector,
      pipeline: {
        name: 'Count',
        source: { connector: 'intercom', connection: 'saved' },
        objects,
        destination: { type: 'postgres', connection: 'saved', schema: rig.schema },
      },
      connection: {
        region: 'us',
        apiBaseUrl: rig.workspace.sandbox.url,
        settings: new Map([['accessToken', new Secret(rig.workspace.sandbox.token)]]),
      },
      http: own,
      destination,
      signal: AbortSignal.timeout(120_000),
    }
    const ended = Object.keys(objects).map((object) => ({ object, state: 'done', rejected: 0 }) as const)
    return await checkCompleteness(input, ended)
  } finally {
    await own.close()
    await destination.close()
  }
}

test('after a run what the source reports agrees with what landed, object by object', async () => {
  const rig = await PipelineRig.start(database)
  try {
    expect(troubles(await rig.run())).toEqual([])
    const before = rig.workspace.sandbox.log.since(0).length
    const compared = await compare(rig)
    const requests = rig.workspace.sandbox.log.since(0).slice(before)
    expect(requests.length).toBeLessThanOrEqual(allObjects.length)
    expect(requests.filter(({ path }) => path.startsWith('/companies/scroll'))).toEqual([])
    for (const object of ['contacts', 'conversations', 'tickets', 'articles', 'tags']) {
      expect(compared.get(object)).toMatchObject({ agrees: true, why: 'All that can be read is here.' })
      expect(compared.get(object)?.rows).toBe((await rig.rows(object)).length)
    }
    const parts = compared.get('conversation_parts')
    expect(parts).toMatchObject({
      agrees: true,
      why: expect.stringContaining('3 of the conversations hold more than the 500'),
    })
    expect(parts?.reported).toBeGreaterThan(parts?.rows ?? 0)
    for (const object of ['contact_tag', 'team_admin', 'email_address_header'])
      expect(compared.get(object)).toMatchObject({
        reported: null,
        agrees: null,
        why: 'The source does not say how many there are.',
      })
    const companies = compared.get('companies')
    expect(companies?.reported).toBeGreaterThan(0)
    expect(companies).toMatchObject({
      agrees: false,
      why: expect.stringContaining('without users'),
    })
  } finally {
    await rig.close()
  }
})

test('with a start date the API counts with the same filter, and says how coarse it is', async () => {
  const rig = await PipelineRig.start(database)
  try {
    const times = (await rig.workspace.truth('conversations')).map((record) => Number(record['updated_at']))
    const middle = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
    const objects = { conversations: { startAt: new Date(middle * 1000).toISOString() } }
    expect(troubles(await rig.run(objects))).toEqual([])
    const landed = (await rig.rows('conversations')).length
    expect(landed).toBeLessThan(times.length)
    const compared = (await compare(rig, objects)).get('conversations')
    expect(compared?.rows).toBe(landed)
    expect(compared?.reported).toBe(landed)
  } finally {
    await rig.close()
  }
})

test('what cannot be asked says why, and the others are counted', async () => {
  const rig = await PipelineRig.start(database, { sizes: { contacts: 20 } })
  try {
    await rig.workspace.behave({ planGates: ['/tickets'] })
    const compared = await compare(rig, { tickets: {}, contacts: {} })
    expect(compared.get('tickets')).toMatchObject({ reported: null, agrees: null })
    expect(compared.get('tickets')?.why).toMatch(/^The source could not be asked: .*plan/)
    expect(compared.get('contacts')).toMatchObject({
      reported: null,
      rows: null,
      agrees: null,
      why: 'There is no table yet.',
    })
  } finally {
    await rig.close()
  }
})

const counted: SourceCount = {
  object: 'things',
  reported: 100,
  readable: 100,
  capped: undefined,
  from: 'counted',
  known: [],
}

test('a difference is explained by what is known, and by nothing else', () => {
  const compareThings = (count: Partial<SourceCount>, rows: number, rejected = 0) =>
    compareCounts({ ...counted, ...count }, rows, rejected)
  expect(compareThings({}, 100)).toMatchObject({ agrees: true, why: 'All that can be read is here.' })
  expect(compareThings({}, 98, 1).why).toContain(
    '2 rows fewer than the source reports. 1 record could not land',
  )
  expect(compareThings({}, 98, 2).why).toContain('2 records could not land')
  expect(compareThings({}, 104).why).toContain('4 rows more than the source reports.')
  expect(compareThings({}, 99).why).toContain('Records may have come or gone')
  expect(compareThings({ known: ['It is a little off.'] }, 99).why).toMatch(/reports\. It is a little off\.$/)
  const capped = { reported: 700, readable: 500, capped: { parents: 1, of: 'conversations', atMost: 500 } }
  expect(compareThings(capped, 500)).toMatchObject({ agrees: true, reported: 700 })
  expect(compareThings(capped, 500).why).toContain('1 of the conversations holds more than the 500')
  expect(compareThings(capped, 499).why).toContain('1 row fewer than can be read.')
})
