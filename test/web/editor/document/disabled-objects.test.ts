import { applyCommand } from '@penstock/web/editor/document/apply-command.ts'
import type { Command } from '@penstock/web/editor/document/command.ts'
import { describeChange } from '@penstock/web/editor/document/describe-change.ts'
import { diffDocuments } from '@penstock/web/editor/document/diff-documents.ts'
import { disabledObjects, emptyLayout } from '@penstock/web/editor/document/draft-document.ts'
import type { EditorContent } from '@penstock/web/editor/document/draft-document.ts'
import { readLayout } from '@penstock/web/editor/document/keep-history.ts'
import { flowOfPipeline } from '@penstock/web/editor/canvas/flow-of-pipeline.ts'
import { neighbourOf } from '@penstock/web/editor/canvas/flow.ts'
import { expect, test } from 'vitest'
import { catalogue, soundDocument } from '../support-catalogue.ts'

const start: EditorContent = {
  document: {
    ...soundDocument,
    objects: { contacts: { startAt: '2026-01-01', fields: { email: 'hash' } }, companies: {} },
  },
  layout: { ...emptyLayout, objectCards: true },
}

function after(content: EditorContent, ...commands: readonly Command[]): EditorContent {
  return commands.reduce((now, command) => {
    const outcome = applyCommand(now, command)
    if ('refused' in outcome) throw new Error(outcome.refused)
    return outcome.content
  }, content)
}

const aside = after(start, { type: 'disableObjects', objects: ['contacts'] })

test('a disabled object is no part of the pipeline, and comes back as it was, however it comes back', () => {
  expect(aside.document.objects).toEqual({ companies: {} })
  expect(disabledObjects(aside)).toEqual(['contacts'])
  const enabled = after(aside, { type: 'enableObjects', objects: ['contacts'] })
  expect(enabled.document.objects).toEqual(start.document.objects)
  expect(enabled.layout).toEqual(start.layout)
  const added = after(aside, { type: 'addObjects', objects: ['contacts'] })
  expect(added.document.objects['contacts']).toEqual(start.document.objects['contacts'])
  const typed = after(aside, { type: 'setValue', pointer: '/objects/contacts', value: {} })
  expect(disabledObjects(typed)).toEqual([])
})

test('a disabled object goes with its source, or when it is removed', () => {
  expect(disabledObjects(after(aside, { type: 'removeObjects', objects: ['contacts'] }))).toEqual([])
  expect(disabledObjects(after(aside, { type: 'removeSource' }))).toEqual([])
})

test('the list of changes calls it disabled, and only what is gone for good removed', () => {
  const changes = diffDocuments(start.document, aside.document)
  const said = changes.map((change) => describeChange(change, undefined, disabledObjects(aside)))
  expect(said).toMatchObject([{ pointer: '/objects/contacts', kind: 'disabled' }])
  expect(changes.map((change) => describeChange(change).kind)).toEqual(['removed'])
})

test('an object that is added is told with what is protected and from when on it is read', () => {
  const after = { startAt: '2026-09-01', fields: { email: 'hash' } }
  expect(describeChange({ pointer: '/objects/contacts', before: undefined, after })).toMatchObject({
    kind: 'added',
    after: '1 field hashed, from 2026-09-01',
  })
})

test('its card stays where it was, says so, and nothing goes through it', () => {
  const flow = flowOfPipeline(aside, { catalogue, connections: [], problems: [], slots: true })
  const card = flow.steps.find(({ id }) => id === 'object:contacts')
  expect(card).toMatchObject({ disabled: true, errors: 0 })
  expect(flow.edges.filter(({ idle }) => idle)).toHaveLength(2)
  expect(flow.steps.find(({ id }) => id === 'source')?.summary).toContain('1 disabled')
  expect(neighbourOf(flow, 'object:contacts', 'next')).toBe('destination')
})

test('what a browser or the server kept of it is read only where it is sound', () => {
  expect(readLayout({ ...aside.layout })).toEqual(aside.layout)
  expect(readLayout({ disabled: { contacts: { fields: { email: 'melt' } } } })).toEqual(emptyLayout)
  expect(readLayout({ notes: {} }).disabled).toEqual({})
})
