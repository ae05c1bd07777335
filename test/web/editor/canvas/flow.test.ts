import { flowOfPipeline } from '@penstock/web/editor/canvas/flow-of-pipeline.ts'
import { neighbourOf, streamOf } from '@penstock/web/editor/canvas/flow.ts'
import { layOutFlow } from '@penstock/web/editor/canvas/lay-out-flow.ts'
import { liveFlow, runFlow } from '@penstock/web/editor/canvas/live-flow.ts'
import { applyCommand } from '@penstock/web/editor/document/apply-command.ts'
import { emptyContent } from '@penstock/web/editor/document/draft-document.ts'
import type { EditorContent } from '@penstock/web/editor/document/draft-document.ts'
import { validateDraft } from '@penstock/web/editor/document/validate-draft.ts'
import { pasteSteps, writeSteps } from '@penstock/web/editor/state/copied-steps.ts'
import { expect, test } from 'vitest'
import { catalogue, connections, soundDocument } from '../support-catalogue.ts'

const sound: EditorContent = { ...emptyContent(''), document: soundDocument }
const facts = { catalogue, connections, slots: true, problems: [] }

test('an empty pipeline is two empty places', () => {
  const flow = flowOfPipeline(emptyContent('New'), facts)
  expect(flow.steps.map(({ id }) => id)).toEqual(['slot:source', 'slot:destination'])
  expect(flow.edges).toEqual([{ from: 'slot:source', to: 'slot:destination' }])
})

test('a card says what its step does, and how many problems it has', () => {
  const problems = validateDraft(soundDocument, { catalogue, connections })
  const [source, protection, destination] = flowOfPipeline(sound, { ...facts, problems }).steps
  expect(source).toMatchObject({
    name: 'Acme Intercom',
    summary: '2 objects · 8 fields · 2 hashed · every 15 min',
    errors: 0,
  })
  expect(protection).toMatchObject({ name: 'Protect fields', summary: '2 hashed · 1 left out' })
  expect(destination).toMatchObject({ name: 'Warehouse', summary: 'postgres · schema intercom' })
})

test('arrow keys lead along the flow, between branches, and to the notes', () => {
  const layout = { ...sound.layout, objectCards: true, notes: { n1: { text: 'Why', x: 0, y: 0 } } }
  const flow = flowOfPipeline({ ...sound, layout }, facts)
  expect(neighbourOf(flow, 'source', 'next')).toBe('object:contacts')
  expect(neighbourOf(flow, 'object:contacts', 'next')).toBe('object:contact_tag')
  expect(neighbourOf(flow, 'object:contact_tag', 'next')).toBe('protection')
  expect(neighbourOf(flow, 'destination', 'next')).toBeUndefined()
  expect(neighbourOf(flow, 'source', 'down')).toBe('note:n1')
  expect(neighbourOf(flow, 'note:n1', 'up')).toBe('source')
  expect(neighbourOf(flow, 'destination', 'first')).toBe('source')
  expect(streamOf(flow, 'protection', 'downstream')).toEqual(new Set(['protection', 'destination']))
})

test('cards stand left to right, in the flow’s own order, except where a person put them', () => {
  const layout = { ...sound.layout, positions: { destination: { x: 9, y: 9 } } }
  const points = layOutFlow(flowOfPipeline({ ...sound, layout }, facts))
  expect(points.get('source')!.x).toBeLessThan(points.get('protection')!.x)
  expect(points.get('destination')).toEqual({ x: 9, y: 9 })
  const names = ['contact_tag', 'contacts', 'companies', 'tickets']
  const objects = Object.fromEntries(names.map((name) => [name, {}]))
  const fan = flowOfPipeline(
    { document: { ...soundDocument, objects }, layout: { ...sound.layout, objectCards: true } },
    facts,
  )
  const cards = [...layOutFlow(fan)].filter(([id]) => id.startsWith('object:'))
  expect(cards.map(([id]) => id.replace('object:', ''))).toEqual([
    'contacts',
    'contact_tag',
    'companies',
    'tickets',
  ])
  const heights = cards.map(([, { y }]) => y)
  expect(heights).toEqual(heights.toSorted((a, b) => a - b))
  // What leads from a card to where all meet goes along its row, in which no other stands.
  expect(new Set(heights).size).toBe(heights.length)
})

test('a run is drawn with the state of each object, and data moves only where something happens', () => {
  const flow = liveFlow(runFlow(soundDocument, { catalogue, connections }), {
    whole: 'extracting',
    objects: { contacts: 'done' },
    only: null,
  })
  const states = Object.fromEntries(flow.steps.map(({ id, live }) => [id, live]))
  expect(states).toMatchObject({
    'object:contacts': 'done',
    'object:contact_tag': 'queued',
    source: 'extracting',
  })
  expect(flow.edges.filter(({ moving }) => moving)).toHaveLength(1)
})

test('what a run leaves out is not queued: its card says so, and nothing goes along its lines', () => {
  const drawn = runFlow(soundDocument, { catalogue, connections })
  const runs = [
    { whole: 'extracting', objects: {}, only: ['contacts'] },
    { whole: 'failed', objects: { contacts: 'failed' }, only: null },
  ] as const
  for (const run of runs) {
    const { steps, edges } = liveFlow(drawn, run)
    const left = steps.find(({ id }) => id === 'object:contact_tag')
    expect(left).toMatchObject({ summary: 'Not read in this run' })
    expect(left).not.toHaveProperty('live')
    const idle = edges.filter((edge) => edge.idle)
    expect(idle.map(({ from, to }) => `${from} ${to}`).join()).toContain('object:contact_tag')
    expect(idle.every(({ from, to }) => [from, to].includes('object:contact_tag'))).toBe(true)
  }
  expect(liveFlow(drawn, runs[0]).steps.find(({ id }) => id === 'object:contacts')?.live).toBe('queued')
})

test('copied steps can be pasted into another pipeline; no secret and no foreign connection comes along', () => {
  const inline = { accessToken: { env: 'TOKEN' } }
  const secret = { ...soundDocument, source: { connector: 'intercom', connection: inline } }
  expect(writeSteps({ ...sound, document: secret }, ['source'])).not.toContain('TOKEN')
  const text = writeSteps(sound, ['source', 'destination', 'protection'])
  const command = pasteSteps(
    text,
    emptyContent('Other'),
    connections.filter(({ id }) => id === 'd1'),
  )
  const outcome = applyCommand(emptyContent('Other'), command!)
  if (!('content' in outcome)) throw new Error(outcome.refused)
  expect(outcome.content.document).toEqual({
    name: 'Other',
    source: { connector: 'intercom' },
    objects: soundDocument.objects,
    destination: soundDocument.destination,
  })
  expect(pasteSteps(text, sound, undefined)).toMatchObject({ type: 'batch' })
  expect(pasteSteps('{"penstock":"steps","objects":[]}', sound, undefined)).toBeUndefined()
  expect(pasteSteps('hello', sound, undefined)).toBeUndefined()
})
