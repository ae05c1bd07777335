import { applyCommand } from '@penstock/web/editor/document/apply-command.ts'
import type { SavedConnection } from '@penstock/web/editor/document/catalogue.ts'
import { emptyContent } from '@penstock/web/editor/document/draft-document.ts'
import type { EditorContent } from '@penstock/web/editor/document/draft-document.ts'
import { pasteSteps, writeSteps } from '@penstock/web/editor/state/copied-steps.ts'
import { expect, test } from 'vitest'
import { soundDocument } from '../support-catalogue.ts'

const copied: EditorContent = {
  ...emptyContent('Copied'),
  document: {
    ...soundDocument,
    source: { connector: 'intercom', connection: 'theirs' },
    objects: { contacts: { startAt: '2026-01-01', fields: { email: 'hash' } } },
  },
}

function connection(id: string, side: 'source' | 'destination', kind: string): SavedConnection {
  return { id, side, kind, name: id, health: 'healthy' }
}

function pasted(known: readonly SavedConnection[]): EditorContent['document'] {
  const start = emptyContent('New')
  const command = pasteSteps(writeSteps(copied, ['source', 'destination']), start, known)
  const outcome = command && applyCommand(start, command)
  if (!outcome || 'refused' in outcome) throw new Error('Nothing was pasted.')
  return outcome.content.document
}

test('copied objects keep their protection and from when on they are read', () => {
  expect(pasted([]).objects).toEqual(copied.document.objects)
})

test('in another workspace the copied steps are bound to its only connection to the same app, and to none where there is a choice', () => {
  const [one, another] = [connection('mine', 'source', 'intercom'), connection('other', 'source', 'intercom')]
  expect(pasted([one, connection('z', 'source', 'zendesk')]).source).toEqual({
    connector: 'intercom',
    connection: 'mine',
  })
  expect(pasted([one, another]).source).toEqual({ connector: 'intercom' })
  expect(pasted([one, another, connection('theirs', 'source', 'intercom')]).source?.connection).toBe('theirs')
  expect(pasted([]).source).toEqual({ connector: 'intercom' })
})

test('settings that stand in a document, a secret’s name among them, are not copied', () => {
  const inline = { connector: 'intercom', connection: { accessToken: { env: 'INTERCOM_ACCESS_TOKEN' } } }
  const text = writeSteps({ ...copied, document: { ...copied.document, source: inline } }, ['source'])
  expect(text).not.toContain('INTERCOM_ACCESS_TOKEN')
})
