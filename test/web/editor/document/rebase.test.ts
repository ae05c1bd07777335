import { applyCommand } from '@penstock/web/editor/document/apply-command.ts'
import type { Command } from '@penstock/web/editor/document/command.ts'
import { describeChange } from '@penstock/web/editor/document/describe-change.ts'
import { describeCommand } from '@penstock/web/editor/document/describe-command.ts'
import { diffDocuments } from '@penstock/web/editor/document/diff-documents.ts'
import { emptyContent } from '@penstock/web/editor/document/draft-document.ts'
import type { EditorContent } from '@penstock/web/editor/document/draft-document.ts'
import { commit, markOf, present, startHistory, undo } from '@penstock/web/editor/document/history.ts'
import { rebase, unsavedCommands } from '@penstock/web/editor/document/rebase.ts'
import { expect, test } from 'vitest'
import { seededRandom } from '../../../fakes/seeded-random.ts'
import { randomCommand } from '../random-commands.ts'
import { soundDocument } from '../support-catalogue.ts'

const base: EditorContent = { ...emptyContent(''), document: soundDocument }

function after(content: EditorContent, ...commands: readonly Command[]): EditorContent {
  return commands.reduce((now, command) => {
    const outcome = applyCommand(now, command)
    return 'content' in outcome ? outcome.content : now
  }, content)
}

test('changes to different things are both kept', () => {
  const theirs = after(base, { type: 'setSchedule', schedule: { every: '1h' } })
  const mine: readonly Command[] = [
    { type: 'setProtection', fields: { contacts: ['tags'] }, protection: 'hash' },
    { type: 'renamePipeline', name: 'Mine' },
  ]
  const { history, conflicts, applied } = rebase({ base, mine, theirs, atMs: 0, prefer: 'theirs' })
  expect(conflicts).toEqual([])
  expect(applied).toEqual(['hash contacts.tags', 'rename the pipeline'])
  expect(present(history).document).toEqual(
    after(base, ...mine, { type: 'setSchedule', schedule: { every: '1h' } }).document,
  )
  expect(present(undo(undo(history)))).toBe(theirs)
})

test('two people who change the same thing are told, and nobody is overwritten in silence', () => {
  const theirs = after(base, { type: 'renamePipeline', name: 'Theirs' })
  const mine: readonly Command[] = [
    { type: 'renamePipeline', name: 'Mine' },
    { type: 'setConcurrency', concurrency: 3 },
  ]
  const kept = rebase({ base, mine, theirs, atMs: 0, prefer: 'theirs' })
  expect(kept.conflicts).toMatchObject([{ label: 'rename the pipeline', overlaps: ['Name'] }])
  expect(present(kept.history).document).toMatchObject({ name: 'Theirs', concurrency: 3 })
  const over = rebase({ base, mine, theirs, atMs: 0, prefer: 'mine' })
  expect(present(over.history).document.name).toBe('Mine')
})

test('a command on something that is gone is named, with the reason', () => {
  const theirs = after(base, { type: 'removeObjects', objects: ['contacts'] })
  const mine: readonly Command[] = [{ type: 'setStartAt', object: 'contacts', startAt: '2026-01-01' }]
  for (const prefer of ['theirs', 'mine'] as const)
    expect(rebase({ base, mine, theirs, atMs: 0, prefer }).conflicts).toHaveLength(1)
})

test('both making the same change is no conflict', () => {
  const mine: readonly Command[] = [{ type: 'setNamespace', namespace: 'support' }]
  const result = rebase({ base, mine, theirs: after(base, ...mine), atMs: 0, prefer: 'theirs' })
  expect(result.conflicts).toEqual([])
})

test('unsaved work is the commands since the save, and what undo took back behind it', () => {
  let history = startHistory(base)
  const run = (command: Command): void => {
    const done = commit(history, command, markOf(history) * 5_000)
    if ('history' in done) history = done.history
  }
  run({ type: 'setConcurrency', concurrency: 2 })
  run({ type: 'setNamespace', namespace: 'support' })
  const saved = present(history)
  const mark = markOf(history)
  run({ type: 'renamePipeline', name: 'Later' })
  expect(unsavedCommands(history, mark, saved)).toEqual([{ type: 'renamePipeline', name: 'Later' }])
  history = undo(undo(undo(history)))
  const undone = unsavedCommands(history, mark, saved)
  expect(after(saved, ...undone).document).toEqual(soundDocument)
})

test('whatever two people do, each of my commands is applied or named as a conflict', () => {
  const seed = Date.now() % 1_000_000
  const random = seededRandom(seed).next
  for (let round = 0; round < 200; round += 1) {
    const mine = Array.from({ length: 5 }, () => randomCommand(random))
    const theirs = after(base, ...Array.from({ length: 5 }, () => randomCommand(random)))
    const result = rebase({ base, mine, theirs, atMs: 0, prefer: 'theirs' })
    expect(result.applied.length + result.conflicts.length, `seed ${seed}`).toBe(mine.length)
  }
})

test('the differences of two documents, set one by one, lead from the one to the other', () => {
  const seed = Date.now() % 1_000_000
  const random = seededRandom(seed).next
  let content = base
  for (let round = 0; round < 300; round += 1) {
    const next = after(content, randomCommand(random), randomCommand(random))
    const changes = diffDocuments(content.document, next.document)
    const walked = after(
      content,
      ...changes.map(({ pointer, after: value }): Command => ({ type: 'setValue', pointer, value })),
    )
    expect(diffDocuments(walked.document, next.document), `seed ${seed}`).toEqual([])
    content = next
  }
})

test('a difference reads as a sentence of the product', () => {
  const next = after(
    base,
    { type: 'setProtection', fields: { contacts: ['phone'] }, protection: 'hash' },
    { type: 'setSchedule' },
    { type: 'addObjects', objects: ['tickets'] },
  )
  const said = diffDocuments(base.document, next.document).map((change) => describeChange(change))
  expect(said.map(({ what, before, after: now, kind }) => [kind, what, before, now])).toEqual([
    ['changed', 'Frequency', 'Every 15 min', 'By hand only'],
    ['changed', 'contacts: phone', 'Do not sync', 'Hash'],
    ['added', 'Object tickets', '–', 'Every field as it is'],
  ])
})

test('a difference calls objects and connections by the names that people know', () => {
  const next = after(
    base,
    { type: 'addObjects', objects: ['tickets'] },
    { type: 'setProtection', fields: { contacts: ['phone'] }, protection: 'hash' },
    { type: 'setDestinationConnection', connectionType: 'postgres', connection: 'c-2' },
  )
  const around = {
    titleOf: (object: string) => ({ contacts: 'Contacts', tickets: 'Support tickets' })[object] ?? object,
    nameConnection: (id: string) => (id === 'c-2' ? 'Warehouse' : 'Old warehouse'),
  }
  const said = diffDocuments(base.document, next.document).map((change) => describeChange(change, around))
  expect(said.map(({ what, after: now }) => [what, now])).toEqual([
    ['Destination connection', 'Warehouse'],
    ['Contacts: phone', 'Hash'],
    ['Object Support tickets', 'Every field as it is'],
  ])
  expect(describeCommand({ type: 'setValue', pointer: '/objects/contacts/startAt' })).toBe(
    'change Start of contacts',
  )
})
