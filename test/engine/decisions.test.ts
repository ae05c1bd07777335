import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import { destinationTypes } from '@penstock/server/destinations/registry.ts'
import { DatabaseFile } from '@penstock/server/destinations/duckdb/database-file.ts'
import type { Destination } from '@penstock/server/engine/destination.ts'
import type { RunInput } from '@penstock/server/engine/execute-run.ts'
import type { FieldDecision } from '@penstock/server/engine/plan-table.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { IntercomWorkspace } from './intercom-workspace.ts'
import { reportOf, smallSizes, troubles } from './pipeline-rig.ts'

let database: TestDatabase
let folder = ''
let workspace: IntercomWorkspace
beforeAll(async () => {
  database = await createDatabase()
  folder = await mkdtemp(join(tmpdir(), 'penstock-decisions-'))
})
beforeEach(async () => {
  workspace = await IntercomWorkspace.start({ seed: 3, sizes: { ...smallSizes, contacts: 12 } })
})
afterEach(async () => workspace.close())
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

type Rows = readonly Readonly<Record<string, unknown>>[]

interface Place {
  readonly open: (schema: string) => Promise<Destination>
  readonly rows: (schema: string) => Promise<Rows>
}

async function openType(
  type: string,
  setting: readonly [string, string],
  schema: string,
): Promise<Destination> {
  const found = destinationTypes.get(type)
  if (!found) throw new Error(`There is no destination ${type}.`)
  return found.open(new Map([setting]), schema)
}

const places: readonly (readonly [string, Place])[] = [
  [
    'PostgreSQL',
    {
      open: async (schema) => openType('postgres', ['url', database.url], schema),
      rows: async (schema) => database.sql`select * from ${database.sql(schema)}.contacts`,
    },
  ],
  [
    'DuckDB',
    {
      open: async (schema) => openType('duckdb', ['path', join(folder, 'one.duckdb')], schema),
      rows: async (schema) => {
        const file = await DatabaseFile.acquire(join(folder, 'one.duckdb'))
        const read = await file.use(async (connection) =>
          connection.runAndReadAll(`select * from warehouse.${schema}.contacts`),
        )
        await file.release()
        return read.getRowObjectsJS()
      },
    },
  ],
]

/** Every contact gets these fields, anew. */
async function give(fields: Readonly<Record<string, unknown>>): Promise<void> {
  for (const { id } of await workspace.truth('contacts'))
    await workspace.change({ kind: 'update_contact', id, fields })
}

describe.each(places)('in %s', (name, place) => {
  const decideAs = (fields: Readonly<Record<string, FieldDecision>>) =>
    new Map([['contacts', new Map(Object.entries(fields))]])
  const decide = (fields: Readonly<Record<string, 'replicate' | 'hash' | 'exclude'>>) =>
    decideAs(Object.fromEntries(Object.entries(fields).map(([field, protection]) => [field, { protection }])))
  const run = async (
    schema: string,
    pipelineOptions: Partial<Pipeline>,
    decisions?: RunInput['decisions'],
  ): Promise<RunReport> =>
    workspace.run(await place.open(schema), { contacts: {} }, { pipelineOptions, decisions })
  const changesOf = (report: RunReport) =>
    reportOf(report, 'contacts')
      .schemaChanges.filter(({ field }) => /^(mood|shoe|size)_/.test(field))
      .map(({ field, applied }) => `${field} ${applied}`)
      .toSorted()

  test('under block a new field lands only with a decision, as it says, and an excluded one is not told again', async () => {
    const tag = name.toLowerCase()
    const [schema, mood, shoe, size] = [`block_${tag}`, `mood_${tag}`, `shoe_${tag}`, `size_${tag}`]
    const block = { schemaChanges: 'block' } as const
    expect(troubles(await run(schema, block))).toEqual([])
    await give({ [mood]: 'fine', [shoe]: 42, [size]: 'L' })
    const undecided = await run(schema, block)
    expect(changesOf(undecided)).toEqual([`${mood} none`, `${shoe} none`, `${size} none`])
    expect(reportOf(undecided, 'contacts').warnings.join()).toContain('wait for a decision')
    expect(Object.keys((await place.rows(schema))[0] ?? {})).not.toContain(mood)
    const decided = decide({ [mood]: 'replicate', [shoe]: 'hash', [size]: 'exclude' })
    await give({ [mood]: 'well', [shoe]: 43, [size]: 'XL' })
    const first = await run(schema, block, decided)
    expect(troubles(first)).toEqual([])
    expect(changesOf(first)).toEqual([`${mood} column_added`, `${shoe} column_added_hashed`])
    const rows = await place.rows(schema)
    expect(rows).toHaveLength(12)
    for (const row of rows) {
      expect(row[mood]).toBe('well')
      expect(row[shoe]).toMatch(/^h1:/)
      expect(Object.keys(row)).not.toContain(size)
    }
    await give({ [mood]: 'better', [shoe]: 43, [size]: 'M' })
    const second = await run(schema, block, decided)
    expect(changesOf(second)).toEqual([])
    expect(reportOf(second, 'contacts').warnings.join()).not.toContain('wait for a decision')
    expect((await place.rows(schema)).map((row) => row[mood])).toEqual(rows.map(() => 'better'))
    expect((await place.rows(schema)).map((row) => row[shoe])).toEqual(rows.map((row) => row[shoe]))
  })

  test('what is excluded after it landed is told of, goes with the next change of a row, and with a full refresh from all', async () => {
    const schema = `excluded_${name.toLowerCase()}`
    const [someone] = await workspace.truth('contacts')
    const without = {
      objects: { contacts: { fields: { email: 'exclude', custom_attributes: 'exclude' } } },
    } as const
    const emails = async () => (await place.rows(schema)).filter(({ email }) => email !== null)
    const go = async (fullRefresh = false) =>
      workspace.run(await place.open(schema), { contacts: {} }, { pipelineOptions: without, fullRefresh })
    await run(schema, {})
    const landed = (await emails()).length
    expect(landed).toBeGreaterThan(2)
    await workspace.change({
      kind: 'update_contact',
      id: someone?.['id'],
      fields: { email: 'new@example.com' },
    })
    const told = await go()
    expect(reportOf(told, 'contacts').warnings.join()).toMatch(
      /still hold .*email.* as plain text .*--full-refresh/,
    )
    expect(changesOf(told)).toEqual([])
    expect((await emails()).map(({ id }) => id)).not.toContain(someone?.['id'])
    expect((await emails()).length).toBeGreaterThan(0)
    expect(reportOf(await go(true), 'contacts').warnings).toEqual([])
    expect(await emails()).toEqual([])
    expect((await place.rows(schema)).filter((row) => row['custom_attributes'] !== null)).toEqual([])
  })

  test('under auto_sync a decision goes before the policy for new fields, and the pipeline’s own word before both', async () => {
    const tag = name.toLowerCase()
    const [schema, mood, shoe, size] = [`auto_${tag}`, `mood_${tag}2`, `shoe_${tag}2`, `size_${tag}2`]
    const policy = { schemaChanges: 'auto_sync', newFields: 'hash' } as const
    await give({ [mood]: 'fine', [shoe]: 7, [size]: 'L' })
    const decisions = decide({ [mood]: 'replicate', [size]: 'exclude', email: 'exclude', id: 'hash' })
    const report = await run(
      schema,
      { ...policy, objects: { contacts: { fields: { email: 'hash' } } } },
      decisions,
    )
    expect(troubles(report)).toEqual([])
    const rows = await place.rows(schema)
    expect(rows.length).toBe(12)
    const ids = (await workspace.truth('contacts')).map(({ id }) => id)
    for (const row of rows) {
      expect(row[mood]).toBe('fine')
      expect(row[shoe]).toMatch(/^h1:/)
      expect(Object.keys(row)).not.toContain(size)
      expect(ids).toContain(row['id'])
      expect(row['email']).toMatch(/^(h1:|$)/)
    }
  })

  test('a number that landed as it is and is hashed from now on lands as a token, also under block', async () => {
    const tag = name.toLowerCase()
    const [schema, shoe] = [`later_${tag}`, `shoe_${tag}3`]
    const block = { schemaChanges: 'block' } as const
    await run(schema, block)
    await give({ [shoe]: 44 })
    await run(schema, block, decide({ [shoe]: 'replicate' }))
    expect((await place.rows(schema)).map((row) => Number(row[shoe]))).toEqual(Array(12).fill(44))
    await give({ [shoe]: 45 })
    expect(troubles(await run(schema, block, decide({ [shoe]: 'hash' })))).toEqual([])
    for (const row of await place.rows(schema)) expect(row[shoe]).toMatch(/^h1:/)
  })

  test('under block a decided change of type widens the column, and that alone', async () => {
    const tag = name.toLowerCase()
    const [schema, shoe] = [`wider_${tag}`, `shoe_${tag}4`]
    const block = { schemaChanges: 'block' } as const
    const known = { [shoe]: { protection: 'replicate' } } as const
    await run(schema, block)
    await give({ [shoe]: 44 })
    await run(schema, block, decideAs(known))
    await give({ [shoe]: 'wide' })
    const rejected = await run(schema, block, decideAs(known))
    expect(reportOf(rejected, 'contacts').rejected).toBe(12)
    expect(changesOf(rejected)).toEqual([`${shoe} none`])
    await give({ [shoe]: 'wider' })
    const widened = await run(schema, block, decideAs({ [shoe]: { ...known[shoe], widen: true } }))
    expect(troubles(widened)).toEqual([])
    expect(changesOf(widened)).toEqual([`${shoe} column_widened`])
    expect((await place.rows(schema)).map((row) => row[shoe])).toEqual(Array(12).fill('wider'))
  })

  test('a renamed field goes on with its column and its protection, whatever became of the new name', async () => {
    const tag = name.toLowerCase()
    const [schema, mood, size] = [`renamed_${tag}`, `mood_${tag}5`, `size_${tag}5`]
    const hashed = { [mood]: { protection: 'hash' } } as const
    await give({ [mood]: 'fine' })
    await run(schema, {}, decideAs(hashed))
    const tokens = (await place.rows(schema)).map((row) => row[mood])
    await give({ [mood]: null, [size]: 'fine' })
    // Nobody decided yet: the new name has a column of its own.
    expect(changesOf(await run(schema, {}, decideAs(hashed)))).toEqual([`${size} column_added`])
    await give({ [mood]: null, [size]: 'fine' })
    const renamed = await run(schema, {}, decideAs({ ...hashed, [size]: { continues: mood } }))
    expect(troubles(renamed)).toEqual([])
    expect(changesOf(renamed)).toEqual([])
    expect((await place.rows(schema)).map((row) => row[mood])).toEqual(tokens)
    await give({ [mood]: 'back', [size]: 'other' })
    await run(schema, {}, decideAs({ [mood]: { protection: 'replicate' }, [size]: { continues: mood } }))
    expect((await place.rows(schema)).map((row) => row[mood])).toEqual(Array(12).fill('back'))
  })
})
