import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Destination, OpenTables } from '@penstock/server/engine/destination.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { hastyClock, PipelineRig, reportOf, troubles } from './pipeline-rig.ts'
import { wrapDestination } from './wrap-destination.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

const sizes = { contacts: 160, companies: 30, conversations: 30, tickets: 20, articles: 20, activityLogs: 30 }
const core = [
  'contacts',
  'contact_tag',
  'companies',
  'conversations',
  'conversation_parts',
  'admins',
  'teams',
]

test('an object without its permission is skipped, and its table stays', async () => {
  const rig = await PipelineRig.start(database, { sizes })
  try {
    await rig.run(core)
    const before = await rig.allRows('contacts')
    await rig.workspace.behave({ missingScopes: ['Read and list users and companies'] })
    const report = await rig.run(core)
    expect(report.status).toBe('partial')
    for (const object of ['contacts', 'contact_tag', 'companies'])
      expect(reportOf(report, object)).toMatchObject({ status: 'skipped', error: { code: 'missing_scope' } })
    expect(reportOf(report, 'conversations').status).toBe('succeeded')
    expect(await rig.allRows('contacts')).toEqual(before)
  } finally {
    await rig.close()
  }
})

test('when only single conversations are beyond the plan, conversations and their tags land', async () => {
  const rig = await PipelineRig.start(database, { sizes })
  const objects = ['conversations', 'conversation_tag', 'conversation_parts', 'email_address_header']
  try {
    const [first] = await rig.workspace.truth('conversations')
    const gate = `/conversations/${String(first?.['id']).slice(0, 3)}`
    await rig.workspace.behave({ planGates: [gate] })
    for (let run = 0; run < 2; run++) {
      const report = await rig.run(objects)
      expect(report.status).toBe('partial')
      expect(reportOf(report, 'conversation_parts')).toMatchObject({
        status: 'skipped',
        error: { code: 'plan_gate' },
      })
      expect(reportOf(report, 'email_address_header').status).toBe('skipped')
      expect(await rig.differences(['conversations', 'conversation_tag'])).toEqual([])
    }
    await rig.workspace.behave({ planGates: [] })
    expect(troubles(await rig.run(objects))).toEqual([])
    expect(await rig.differences(objects)).toEqual([])
  } finally {
    await rig.close()
  }
})

test('everything beyond the plan is a failed run, never a green one', async () => {
  const rig = await PipelineRig.start(database, { sizes, behaviour: { planGates: ['/'] } })
  try {
    expect((await rig.run(core)).status).toBe('failed')
  } finally {
    await rig.close()
  }
})

test('a token that is revoked in mid-run stops it, and nothing is lost', async () => {
  // A scroll that was open then is in the next run's way until it expires.
  const behaviour = { revokeAfter: 20, scrollExpirySeconds: 2 }
  const rig = await PipelineRig.start(database, { sizes, behaviour })
  try {
    const report = await rig.run(core)
    expect(['failed', 'partial']).toContain(report.status)
    expect(report.error?.code).toBe('unauthorized')
    await rig.workspace.behave({ revokeAfter: 0 })
    expect(troubles(await rig.run(core))).toEqual([])
    expect(await rig.differences(core)).toEqual([])
  } finally {
    await rig.close()
  }
})

test('an answer of another version ends the run', async () => {
  const rig = await PipelineRig.start(database, { sizes, behaviour: { versionEcho: 'wrong' } })
  try {
    expect(await rig.run(core)).toMatchObject({ status: 'failed', error: { code: 'version_mismatch' } })
  } finally {
    await rig.close()
  }
})

test('an account of another region ends the run, and so does a token of another region', async () => {
  const rig = await PipelineRig.start(database, { sizes, region: 'EU' })
  try {
    expect(await rig.run(core)).toMatchObject({ status: 'failed', error: { code: 'wrong_region' } })
    await rig.workspace.behave({ wrongRegion: true })
    expect(await rig.run(core)).toMatchObject({ status: 'failed', error: { code: 'unauthorized' } })
  } finally {
    await rig.close()
  }
})

test('a list that is suddenly empty leaves its table alone, until someone insists', async () => {
  const rig = await PipelineRig.start(database, { sizes })
  try {
    await rig.run(['companies', 'company_tag'])
    for (const { id } of await rig.workspace.truth('companies'))
      await rig.workspace.change({ kind: 'delete_company', id })
    const report = await rig.run(['companies', 'company_tag'])
    expect(reportOf(report, 'companies')).toMatchObject({
      status: 'failed',
      error: { code: 'collapsed_read' },
    })
    expect(await rig.rows('companies')).toHaveLength(sizes.companies)
    expect(troubles(await rig.run(['companies', 'company_tag'], { fullRefresh: true }))).toEqual([])
    expect(await rig.rows('companies')).toEqual([])
  } finally {
    await rig.close()
  }
})

/** A destination whose tables do something else in one place. */
function tampered(
  destination: Destination,
  tamper: (tables: OpenTables) => Partial<OpenTables>,
): Destination {
  return wrapDestination(destination, (tables) => ({
    checkpoints: tables.checkpoints,
    counts: tables.counts,
    alter: async (spec) => tables.alter(spec),
    commit: async (commit) => tables.commit(commit),
    stage: async (batches) => tables.stage(batches),
    publish: async (input) => tables.publish(input),
    release: async () => tables.release(),
    ...tamper(tables),
  }))
}

test('what nobody expected ends its object, is told to whoever looks for faults, and stays out of the report', async () => {
  const rig = await PipelineRig.start(database, { sizes })
  try {
    const fault = new TypeError('cannot read ada@example.com')
    const destination = tampered(await rig.destination(), () => ({
      stage: async () => Promise.reject(fault),
    }))
    const heard: unknown[] = []
    const onTrouble = (error: unknown): void => void heard.push(error)
    const report = await rig.run(['companies', 'admins'], { destination, onTrouble })
    for (const object of ['companies', 'admins'])
      expect(reportOf(report, object)).toMatchObject({ status: 'failed', error: { code: 'internal' } })
    expect(heard).toEqual([fault, fault])
    expect(JSON.stringify(report)).not.toContain('ada@')
  } finally {
    await rig.close()
  }
})

test.each(['contacts', 'companies'])('rows of %s that a destination drops are noticed', async (object) => {
  const rig = await PipelineRig.start(database, { sizes })
  try {
    const destination = tampered(await rig.destination(), (tables) => ({
      commit: async (commit) =>
        tables.commit({
          ...commit,
          batches: commit.batches.map((batch) => ({ ...batch, rows: batch.rows.slice(1) })),
        }),
      stage: async (batches) =>
        tables.stage(batches.map((batch) => ({ ...batch, rows: batch.rows.slice(1) }))),
    }))
    const report = await rig.run([object], { destination })
    expect(reportOf(report, object)).toMatchObject({ status: 'failed', error: { code: 'miscounted' } })
  } finally {
    await rig.close()
  }
})

test('of two runs at once only the newer one writes', async () => {
  const rig = await PipelineRig.start(database, { sizes })
  let second: Promise<unknown> | undefined
  try {
    const destination = tampered(await rig.destination(), (tables) => ({
      commit: async (commit) => {
        second ??= rig.run(['contacts'])
        await second
        return tables.commit(commit)
      },
    }))
    const first = await rig.run(['contacts'], { destination })
    expect(first).toMatchObject({ status: 'failed', error: { code: 'fenced' } })
    expect(await second).toMatchObject({ status: 'succeeded' })
    expect(await rig.differences(['contacts'])).toEqual([])
  } finally {
    await rig.close()
  }
})

test('a run that was taken over under its own id writes nothing more, and leaves the report to its successor', async () => {
  const rig = await PipelineRig.start(database, { sizes })
  const run = 'run-7'
  let second: Promise<unknown> | undefined
  try {
    const destination = tampered(await rig.destination(), (tables) => ({
      commit: async (commit) => {
        second ??= rig.run(['contacts'], { run })
        await second
        return tables.commit(commit)
      },
    }))
    const first = await rig.run(['contacts'], { destination, run })
    expect(first).toMatchObject({ run, status: 'failed', error: { code: 'fenced' } })
    expect(await second).toMatchObject({ run, status: 'succeeded' })
    expect(await rig.differences(['contacts'])).toEqual([])
    const { sql } = database
    const kept = await sql`select run, status from ${sql(rig.schema)}._penstock_runs`
    expect(kept.map((row) => ({ ...row }))).toEqual([{ run, status: 'succeeded' }])
  } finally {
    await rig.close()
  }
})

test('a run that is cancelled stops within a second, and says so', async () => {
  const rig = await PipelineRig.start(database, { sizes, latencyMs: 30 })
  const stop = new AbortController()
  const clock = hastyClock()
  let stoppedAt = 0
  try {
    rig.workspace.sandbox.faults.set({ rate: 1, kinds: ['hang'], path: '/contacts' })
    setTimeout(() => {
      stoppedAt = Date.now()
      stop.abort()
    }, 400)
    const report = await rig.run(core, { clock, signal: stop.signal })
    // A second on a machine of one’s own; the rest is for one that others use, too.
    expect(Date.now() - stoppedAt).toBeLessThan(40_000)
    expect(report.status).toBe('cancelled')
    expect(reportOf(report, 'contacts').status).toBe('cancelled')
  } finally {
    await rig.close()
  }
})

test('half of all records vanish before their parts are read: each is looked for again, for a while, and those that are back land', async () => {
  const rig = await PipelineRig.start(database, {
    sizes: { ...sizes, conversations: 60 },
    behaviour: { goneOnRetrieve: 2 },
  })
  const objects = ['conversations', 'conversation_parts']
  const ghosts = async () =>
    (await rig.allRows('conversations'))
      .filter((row) => row['_deleted_at'] !== null)
      .toSorted((one, other) => Number(one['updated_at']) - Number(other['updated_at']))
      .map(({ id }) => String(id))
  const asked = (id: string | undefined) => rig.requests(`/conversations/${id}`)
  try {
    const report = await rig.run(objects)
    expect(troubles(report)).toEqual([])
    const { deleted, checkpoint } = reportOf(report, 'conversations')
    expect(deleted).toBeGreaterThan(20)
    expect(checkpoint).toEqual({ version: 1, through: expect.any(Number) })
    const first = await ghosts()
    rig.workspace.sandbox.log.reset()
    await rig.workspace.behave({ goneOnRetrieve: 4 })
    expect(troubles(await rig.run(objects))).toEqual([])
    expect(new Set(first.map(asked))).toEqual(new Set([1]))
    const gone = await ghosts()
    expect(gone.length).toBeLessThan(first.length)
    const left = (await rig.workspace.truth('conversation_parts')).filter(
      (part) => !gone.includes(String(part['conversation_id'])),
    )
    expect(await rig.rows('conversation_parts')).toHaveLength(left.length)
    rig.workspace.sandbox.log.reset()
    expect(troubles(await rig.run(objects))).toEqual([])
    expect(asked(gone[0])).toBe(1)
  } finally {
    await rig.close()
  }
})
