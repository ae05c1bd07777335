import { countTabs, gridRows, protectionOf } from '@penstock/web/editor/source/grid-rows.ts'
import type { GridFilter } from '@penstock/web/editor/source/grid-rows.ts'
import { offerObjects, parentsOf, recommendedObjects } from '@penstock/web/editor/source/object-choices.ts'
import { searchWithPauses } from '@penstock/web/editor/source/search-object.ts'
import { expect, onTestFinished, test, vi } from 'vitest'
import { catalogue, connections, soundDocument } from '../support-catalogue.ts'

const subject = { catalogue, objects: soundDocument.objects, published: undefined }
const all: GridFilter = { tab: 'all', query: '', open: new Set() }

function keys(filter: Partial<GridFilter>): readonly string[] {
  return [...gridRows(subject, { ...all, ...filter })].map(({ key }) => key)
}

test('the grid shows objects, and the fields of those that are open', () => {
  expect(keys({})).toEqual(['contacts', 'companies', 'tickets', 'contact_tag'])
  expect(keys({ tab: 'selected' })).toEqual(['contacts', 'contact_tag'])
  expect(keys({ open: new Set(['tickets']) })).toContain('tickets.title')
})

test('a search finds fields in closed objects, and objects by their name', () => {
  expect(keys({ query: 'PHONE' })).toEqual(['contacts', 'contacts.phone'])
  expect(keys({ query: 'ticket' })).toEqual(['tickets'])
  expect(keys({ query: 'ticket', open: new Set(['tickets']) })).toContain('tickets.title')
})

test('a row is found by its place, and what is typed on or taken back finds what it should', () => {
  const open = new Set(['contacts', 'tickets'])
  for (const query of ['', 'p', 'ph', 'pho', 'p', 'e', 'em', 'nothing', 'm', 'contact', '']) {
    const rows = gridRows(subject, { ...all, query, open })
    const each = [...rows]
    expect(each.map((_, index) => rows.at(index))).toEqual(each)
    expect(rows.slice(1, 4)).toEqual(each.slice(1, 4))
    expect([rows.length, rows.at(-1), rows.at(each.length)]).toEqual([each.length, undefined, undefined])
    const paths = each.flatMap((row) =>
      row.kind === 'field' && row.object.name === 'contacts' ? row.field.path : [],
    )
    const isNamed = 'contacts'.includes(query)
    expect(paths).toEqual(
      catalogue.objects[0]!.fields.flatMap(({ path }) => (isNamed || path.includes(query) ? path : [])),
    )
  }
})

test('the tabs pick fields by what happens to them', () => {
  expect(keys({ tab: 'hashed' })).toEqual(['contacts', 'contacts.email', 'contacts.location.city'])
  expect(keys({ tab: 'open' })).toEqual([])
  const changed = gridRows({ ...subject, published: {} }, { ...all, tab: 'changed' })
  expect([...changed].map(({ key }) => key)).toContain('contacts.email')
  expect(countTabs(subject)).toEqual({ all: 4, selected: 2, hashed: 2, open: 0, changed: 0 })
})

test('a field inside a protected column has that column’s protection', () => {
  expect(protectionOf('location.city', { location: 'hash' })).toEqual({
    protection: 'hash',
    inheritedFrom: 'location',
  })
  expect(protectionOf('email', { location: 'hash' })).toEqual({ protection: 'replicate' })
})

test('objects are offered by group with what is known of their scope', () => {
  const offered = offerObjects(catalogue, new Set(['companies']), '', connections[0])
  expect(
    offered.map(({ group, objects }) => [
      group,
      ...objects.map(({ object, scope }) => `${object.name} ${scope}`),
    ]),
  ).toEqual([
    ['core', 'contacts granted'],
    ['extended', 'tickets missing'],
    ['derived', 'contact_tag granted'],
  ])
  expect(recommendedObjects(catalogue, connections[0])).toEqual(['contacts', 'companies'])
  expect(parentsOf(catalogue, new Set(['contact_tag']), new Set())).toEqual(['contacts'])
  expect(parentsOf(catalogue, new Set(['contact_tag']), new Set(['contacts']))).toEqual([])
})

test('objects on offer say how many records the source told of, since when if that is old, and nothing where it told nothing', () => {
  const at = Date.UTC(2026, 5, 1)
  const told = (count: number, approximate: boolean, now: number) =>
    offerObjects(
      catalogue,
      new Set(),
      'contacts',
      {
        ...connections[0]!,
        estimates: { at: new Date(at).toISOString(), records: { contacts: { count, approximate } } },
      },
      now,
    )[0]?.objects[0]?.records
  expect(told(412, false, at)).toBe('412 records')
  expect(told(1, true, at)).toBe('about 1 record')
  expect(told(12_345, false, at + 3 * 86_400_000)).toBe('about 12,300 records, 3 days ago')
  expect(told(0, true, at)).toBeUndefined()
  expect(offerObjects(catalogue, new Set(), 'tickets', connections[0])[0]?.objects[0]).not.toHaveProperty(
    'records',
  )
})

test('a thousand objects of a hundred fields are filtered', () => {
  const fields = Array.from({ length: 100 }, (_, index) => ({ path: `field_${index}`, type: 'string' }))
  const template = catalogue.objects[0]!
  const objects = Array.from({ length: 1_000 }, (_, index) => ({
    ...template,
    name: `object_${index}`,
    fields,
  }))
  const big = { catalogue: { ...catalogue, objects }, objects: {}, published: undefined }
  const rows = gridRows(big, { ...all, query: 'field_9', open: new Set(objects.map(({ name }) => name)) })
  expect(rows).toHaveLength(1_000 * 12)
})

test('a search that goes on while more is typed ends with what was typed last, and not before the next key had its turn', async () => {
  const found: string[] = []
  const search = searchWithPauses(catalogue.objects, (text) => found.push(text))
  search('p')
  search('ph')
  expect(found).toEqual([])
  await vi.waitFor(() => expect(found).toEqual(['ph']))
  search('nobody waits for this')
  search(undefined)
  search('e')
  await vi.waitFor(() => expect(found).toEqual(['ph', 'e']))
})

test('while keys follow one another as those of a held Backspace do, nothing is looked for', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const found: string[] = []
  const search = searchWithPauses(catalogue.objects, (text) => found.push(text))
  for (const text of ['phone', 'phon', 'pho', 'ph']) {
    search(text)
    vi.advanceTimersByTime(33)
  }
  expect(found).toEqual([])
  vi.advanceTimersByTime(33)
  expect(found).toEqual(['ph'])
})
