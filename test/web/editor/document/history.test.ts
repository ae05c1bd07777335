import {
  commit,
  historyLimit,
  present,
  redo,
  startHistory,
  undo,
} from '@penstock/web/editor/document/history.ts'
import type { History } from '@penstock/web/editor/document/history.ts'
import { emptyContent } from '@penstock/web/editor/document/draft-document.ts'
import { readHistory, writeHistory } from '@penstock/web/editor/document/keep-history.ts'
import { documentOf, graphOf } from '@penstock/web/editor/document/pipeline-graph.ts'
import { readDraft } from '@penstock/web/editor/document/read-draft.ts'
import { describeCommand } from '@penstock/web/editor/document/describe-command.ts'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../fakes/seeded-random.ts'
import { randomCommand } from '../random-commands.ts'
import { soundDocument } from '../support-catalogue.ts'

const seed = Date.now() % 1_000_000
const random = seededRandom(seed).next

/** `count` commands that took effect; every third moment something is undone or redone in between. */
function randomHistory(count: number, from = startHistory(emptyContent('Start'))): History {
  let history = from
  for (let done = 0, atMs = 0; done < count; atMs += Math.floor(random() * 1_500)) {
    if (random() < 0.1) history = undo(history)
    if (random() < 0.05) history = redo(history)
    const outcome = commit(history, randomCommand(random), atMs)
    if ('refused' in outcome || outcome.history === history) continue
    history = outcome.history
    done += 1
  }
  return history
}

function undoAll(history: History): History {
  let now = history
  while (now.cursor > 0) now = undo(now)
  return now
}

function redoAll(history: History): History {
  let now = history
  while (now.cursor < now.entries.length) now = redo(now)
  return now
}

describe(`undo and redo (seed ${seed})`, () => {
  test('500 random commands undo to the start and redo to the end', () => {
    for (let round = 0; round < 10; round += 1) {
      const history = randomHistory(500)
      const end = JSON.stringify(present(history))
      const start = JSON.stringify(history.states[0])
      expect(history.entries.length).toBeLessThanOrEqual(historyLimit)
      const undone = undoAll(history)
      expect(JSON.stringify(present(undone))).toBe(start)
      expect(JSON.stringify(present(redoAll(undone)))).toBe(end)
    }
  })

  test('a history that is younger than the limit undoes to the very document it began with', () => {
    const content = { ...emptyContent(''), document: soundDocument }
    const history = randomHistory(150, startHistory(content))
    expect(present(undoAll(history))).toBe(content)
  })

  test('a history survives a reload, with all that can be undone and redone', () => {
    for (let round = 0; round < 5; round += 1) {
      let history = randomHistory(200)
      for (let step = 0; step < 20; step += 1) history = undo(history)
      const read = readHistory(writeHistory(history))
      // Of keystrokes that were made one edit only the last is replayed, so keys may stand in another order.
      expect(read).toEqual(history)
    }
  })

  test('what a browser kept is checked before it is believed', () => {
    for (const text of [
      '',
      '{',
      '[]',
      '{"format":1}',
      '{"format":2,"base":{},"entries":[],"cursor":0,"dropped":0}',
    ])
      expect(readHistory(text)).toBeUndefined()
    const kept = JSON.parse(writeHistory(randomHistory(3)))
    expect(readHistory(JSON.stringify({ ...kept, cursor: 99 }))).toBeUndefined()
    expect(
      readHistory(JSON.stringify({ ...kept, entries: [{ atMs: 1, command: { type: 'gone' } }] })),
    ).toBeUndefined()
    expect(readHistory(JSON.stringify({ ...kept, base: { document: { name: 1 } } }))).toBeUndefined()
  })

  test('every document that commands make is one that can be read again, and every command has words', () => {
    const history = randomHistory(300)
    for (const { document } of history.states) expect(readDraft(document)).toEqual({ document })
    for (const { command } of history.entries) expect(describeCommand(command)).not.toBe('')
  })

  test('the graph of a document gives the very document back', () => {
    for (const { document, layout } of randomHistory(300).states)
      expect(documentOf(graphOf(document, layout))).toEqual(document)
  })
})

test('typing is one step of undo, a pause begins another', () => {
  let history = startHistory(emptyContent('Start'))
  const type = (name: string, atMs: number): void => {
    const done = commit(history, { type: 'renamePipeline', name }, atMs)
    if ('history' in done) history = done.history
  }
  type('S', 0)
  type('Su', 400)
  type('Sup', 800)
  type('Supper', 5_000)
  expect(history.entries).toHaveLength(2)
  history = undo(history)
  expect(present(history).document.name).toBe('Sup')
  history = undo(history)
  expect(present(history).document.name).toBe('Start')
})

test('a command that changes nothing is no step of undo', () => {
  const history = startHistory({ ...emptyContent(''), document: soundDocument })
  for (const command of [
    { type: 'renamePipeline', name: soundDocument.name },
    { type: 'setProtection', fields: { contacts: ['email'] }, protection: 'hash' },
    { type: 'setSchedule', schedule: { every: '15m' } },
    { type: 'setSourceConnection', connection: 'c1' },
    { type: 'tidy' },
    { type: 'replaceDocument', document: structuredClone(soundDocument) },
  ] as const)
    expect(commit(history, command, 0)).toEqual({ history })
})

test('removing the source takes its objects along, and undo brings all of it back', () => {
  const content = { ...emptyContent(''), document: soundDocument }
  const done = commit(startHistory(content), { type: 'removeSource' }, 0)
  if (!('history' in done)) throw new Error(done.refused)
  expect(present(done.history).document).toEqual({
    name: 'Support warehouse',
    objects: {},
    schedule: { every: '15m' },
    destination: soundDocument.destination,
  })
  expect(present(undo(done.history))).toBe(content)
})

test('ten thousand fields are hashed at once', () => {
  const objects = Array.from({ length: 1_000 }, (_, index) => `object_${index}`)
  const document = { ...soundDocument, objects: Object.fromEntries(objects.map((name) => [name, {}])) }
  const fields = Object.fromEntries(
    objects.map((name) => [name, Array.from({ length: 11 }, (_, index) => `field_${index}`)]),
  )
  const content = { ...emptyContent(''), document }
  const done = commit(startHistory(content), { type: 'setProtection', fields, protection: 'hash' }, 0)
  if (!('history' in done)) throw new Error(done.refused)
  expect(Object.keys(present(done.history).document.objects['object_999']?.fields ?? {})).toHaveLength(11)
})
