import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { HttpClient } from '@penstock/server/egress/http-client.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import {
  previewObject,
  type ObjectPreview,
  type PreviewInput,
} from '@penstock/server/engine/preview-object.ts'
import { sampleFields } from '@penstock/server/engine/sample-fields.ts'
import { RunFailure } from '@penstock/server/engine/failures.ts'
import { IntercomWorkspace } from './intercom-workspace.ts'
import { smallSizes } from './pipeline-rig.ts'

let workspace: IntercomWorkspace
let http: HttpClient
beforeAll(async () => {
  workspace = await IntercomWorkspace.start({ seed: 1, sizes: { ...smallSizes, contacts: 80 } })
  http = new HttpClient({ allowedHosts: [new URL(workspace.sandbox.url).host] })
})
afterAll(async () => {
  await http.close()
  await workspace.close()
})

interface PreviewOptions {
  readonly limit?: number
  readonly objects?: Pipeline['objects']
  readonly token?: string
  readonly schemaChanges?: Pipeline['schemaChanges']
}

function inputFor(object: string, options: PreviewOptions = {}): PreviewInput {
  return {
    connector: workspace.connector,
    pipeline: {
      name: 'Preview',
      source: { connector: 'intercom', connection: 'saved' },
      objects: options.objects ?? { [object]: {} },
      destination: { type: 'postgres', connection: 'saved', schema: 'intercom' },
      ...(options.schemaChanges ? { schemaChanges: options.schemaChanges } : {}),
    },
    connection: {
      region: 'us',
      apiBaseUrl: workspace.sandbox.url,
      settings: new Map([['accessToken', new Secret(options.token ?? workspace.sandbox.token)]]),
    },
    http,
    hashKey: Buffer.alloc(32, 7),
    object,
    limit: options.limit ?? 10,
    signal: AbortSignal.timeout(120_000),
  }
}

async function preview(
  object: string,
  options: PreviewOptions = {},
): Promise<ObjectPreview & { readonly asked: readonly string[] }> {
  const seen = workspace.sandbox.log.since(0).length
  const shown = await previewObject(inputFor(object, options))
  const asked = workspace.sandbox.log
    .since(0)
    .slice(seen)
    .map(({ path }) => path)
  return { ...shown, asked }
}

function valuesOf(shown: ObjectPreview, field: string, side: 'before' | 'after'): readonly unknown[] {
  const place = shown.columns.findIndex((column) => column.field === field)
  return shown.rows.map((row) => row[side][place]?.value)
}

test('a preview shows what the API holds beside what would land', async () => {
  const fields = { email: 'hash', phone: 'exclude', 'location.city': 'hash' } as const
  const shown = await preview('contacts', { objects: { contacts: { fields } } })
  expect(shown.asked).toEqual(['/me', '/contacts/search'])
  expect(shown.rows).toHaveLength(10)
  const column = (field: string) => shown.columns.find((one) => one.field === field)
  expect(column('email')).toMatchObject({ type: 'text', sensitive: 'email', protection: 'hash' })
  expect(column('phone')).toMatchObject({ sensitive: 'phone', protection: 'exclude' })
  expect(column('location')).toMatchObject({ type: 'json', protection: 'replicate' })
  expect(column('location')?.inside).toContainEqual({
    path: 'location.city',
    sensitive: 'address',
    protection: 'hash',
  })
  const truth = new Map((await workspace.truth('contacts')).map((record) => [record['id'], record]))
  const cities: string[] = []
  for (const [place, id] of valuesOf(shown, 'id', 'before').entries()) {
    expect(valuesOf(shown, 'email', 'before')[place]).toBe(truth.get(id)?.['email'])
    expect(valuesOf(shown, 'email', 'after')[place]).toMatch(/^h1:/)
    expect(valuesOf(shown, 'phone', 'after')[place]).toBeNull()
    expect(valuesOf(shown, 'id', 'after')[place]).toBe(id)
    cities.push(String(valuesOf(shown, 'location', 'after')[place]))
  }
  expect(cities.join('')).toContain('"city":"h1:')
  expect(cities.join('')).not.toMatch(/"city":"(?!h1:|")/)
})

test('derived objects and conversation parts are shown through their parents', async () => {
  const tags = await preview('contact_tag')
  expect(tags.asked).toEqual(['/me', '/contacts/search'])
  expect(tags.rows.length).toBeGreaterThan(0)
  const pairs = (await workspace.truth('contact_tag')).map((row) => [row['contact_id'], row['tag_id']].join())
  for (const place of tags.rows.keys())
    expect(pairs).toContain(
      [valuesOf(tags, 'contact_id', 'after')[place], valuesOf(tags, 'tag_id', 'after')[place]].join(),
    )
  const parts = await preview('conversation_parts', { limit: 8 })
  expect(parts.rows).toHaveLength(8)
  expect(parts.asked.length).toBeLessThanOrEqual(7)
  expect(valuesOf(parts, 'conversation_id', 'after').every((id) => typeof id === 'string')).toBe(true)
  const headers = await preview('email_address_header')
  expect(headers.columns.map(({ field }) => field)).toContain('header_index')
})

test('companies are shown without a scroll, which would keep a run waiting', async () => {
  const shown = await preview('companies', { limit: 60 })
  expect(shown.rows.length).toBeGreaterThan(10)
  expect(shown.rows.length).toBeLessThanOrEqual(50)
  expect(shown.asked).toEqual(['/me', '/companies'])
})

test('with a start date nothing older is shown', async () => {
  const times = (await workspace.truth('contacts')).map((record) => Number(record['updated_at']))
  const startAt = new Date(times.toSorted((a, b) => a - b).at(-5) ?? 0).getTime()
  const shown = await preview('contacts', {
    objects: { contacts: { startAt: new Date(startAt * 1000).toISOString() } },
  })
  expect(shown.rows).toHaveLength(5)
})

test('long values are cut, and say how long they are; a new field is guessed at', async () => {
  const id = (await workspace.truth('contacts'))[0]?.['id']
  const mobile_phone = '+353 1 555 0199'
  await workspace.change({
    kind: 'update_contact',
    id,
    fields: { name: 'é'.repeat(3000), mobile_phone },
  })
  const objects = { contacts: { startAt: new Date(Date.now() - 60_000).toISOString() } }
  const shown = await preview('contacts', { limit: 50, objects })
  const place = shown.columns.findIndex(({ field }) => field === 'name')
  const long = shown.rows.map((row) => row.before[place]).find((cell) => cell?.cut !== undefined)
  expect(long).toEqual({ value: 'é'.repeat(1024), cut: 6000 })
  const added = shown.columns.find(({ field }) => field === 'mobile_phone')
  expect(added).toMatchObject({ sensitive: 'phone', protection: 'hash' })
  const blocked = await preview('contacts', { limit: 50, objects, schemaChanges: 'block' })
  expect(blocked.columns.find(({ field }) => field === 'mobile_phone')).toMatchObject({
    protection: 'exclude',
  })
})

test('a sample of each field shows its shape, never a personal value, and how its token begins', async () => {
  const { records, samples } = await sampleFields(inputFor('contacts', { limit: 20 }))
  expect(records).toBe(20)
  const of = (path: string) => samples.find((one) => one.path === path)
  expect(of('email')?.shown).toMatch(/^.?•••@…$/)
  expect(of('phone')?.shown).toMatch(/^\+?•••(\d\d)?$/)
  expect(of('location.city')?.shown).toMatch(/^.?•••$/)
  expect(of('role')?.shown).toMatch(/^(user|lead)$/)
  expect(of('email')?.hashed).toMatch(/^h1:[\w-]{8}…$/)
  const { rows, columns } = await preview('contacts', {
    objects: { contacts: { fields: { email: 'hash' } } },
  })
  const place = columns.findIndex(({ field }) => field === 'email')
  const tokens = rows.map((row) => String(row.after[place]?.value))
  expect(tokens.some((token) => token.startsWith(of('email')?.hashed.slice(0, -1) ?? 'none'))).toBe(true)
  const told = new Set(samples.map(({ shown }) => shown))
  for (const record of await workspace.truth('contacts'))
    for (const field of ['email', 'phone', 'name', 'external_id'])
      expect(told.has(String(record[field]))).toBe(false)
})

test('a preview that cannot be had says why', async () => {
  await expect(preview('contacts', { token: 'revoked' })).rejects.toMatchObject({ kind: 'unauthorized' })
  await workspace.behave({ planGates: ['/tickets'] })
  const failure = await preview('tickets').catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(RunFailure)
  expect(failure).toMatchObject({ kind: 'plan_gate' })
})
