import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { HttpClient } from '@penstock/server/egress/http-client.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import { compareCounts, type CountComparison } from '@penstock/server/engine/compare-counts.ts'
import { countSource, type SourceCount } from '@penstock/server/engine/count-source.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { allObjects } from './intercom-workspace.ts'
import { PipelineRig, troubles } from './pipeline-rig.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

const all: Pipeline['objects'] = Object.fromEntries(allObjects.map((object) => [object, {}]))

async function compare(
  rig: PipelineRig,
  objects: Pipeline['objects'] = all,
): Promise<ReadonlyMap<string, CountComparison>> {
  const destination = await rig.destination()
  const own = new HttpClient({ allowedHosts: [new URL(rig.workspace.sandbox.url).host] })
  try {
    const counts = await countSource({
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
      signal: AbortSignal.timeout(30_000),
    })
    const rows = await destination.countRows(Object.keys(objects))
    return new Map(compareCounts({ counts, rows }).map((one) => [one.object, one]))
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
      expect(compared.get(object)).toMatchObject({ agrees: true, why: [] })
      expect(compared.get(object)?.rows).toBe((await rig.rows(object)).length)
    }
    const parts = compared.get('conversation_parts')
    expect(parts).toMatchObject({
      agrees: true,
      why: [expect.stringMatching(/^3 of the conversations hold more than the 500/)],
    })
    expect(parts?.reported).toBeGreaterThan(parts?.rows ?? 0)
    for (const object of ['contact_tag', 'team_admin', 'email_address_header'])
      expect(compared.get(object)).toMatchObject({
        reported: null,
        agrees: null,
        why: ['The API does not report how many there are.'],
      })
    const companies = compared.get('companies')
    expect(companies?.reported).toBeGreaterThan(0)
    expect(companies).toMatchObject({
      agrees: false,
      why: [expect.stringContaining('without users'), expect.anything()],
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
    expect(compared.get('tickets')?.why[0]).toContain('plan')
    expect(compared.get('contacts')).toMatchObject({
      reported: 20,
      rows: 0,
      agrees: false,
      why: ['Nothing has landed yet.'],
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

function why(count: Partial<SourceCount>, rows: number, deleted = 0, rejected = 0): CountComparison {
  const [only] = compareCounts({
    counts: [{ ...counted, ...count }],
    rows: new Map([['things', { rows, deleted }]]),
    rejected: new Map([['things', rejected]]),
  })
  if (!only) throw new Error('nothing was compared')
  return only
}

test('a difference is explained by what is known, and by nothing else', () => {
  expect(why({}, 100)).toMatchObject({ agrees: true, why: [] })
  expect(why({}, 103, 3)).toMatchObject({ rows: 100, agrees: true })
  expect(why({}, 98, 0, 2).why[0]).toContain('2 records could not land')
  expect(why({}, 104).why).toEqual([expect.stringContaining('deleted at the source')])
  expect(why({}, 99).why).toEqual([expect.stringContaining('since the last run')])
  expect(why({ known: ['It is a little off.'] }, 99).why[0]).toBe('It is a little off.')
  const capped = { reported: 700, readable: 500, capped: { parents: 1, of: 'conversations', atMost: 500 } }
  expect(why(capped, 500)).toMatchObject({ agrees: true, reported: 700 })
  expect(why(capped, 500).why).toEqual([expect.stringContaining('200 records cannot be read')])
})
