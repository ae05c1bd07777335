import { emptyContent } from '@penstock/web/editor/document/draft-document.ts'
import type { EditorContent } from '@penstock/web/editor/document/draft-document.ts'
import { markOf, present, startHistory } from '@penstock/web/editor/document/history.ts'
import type { SaveAnswer, StoredDraft } from '@penstock/web/editor/saving/draft-port.ts'
import { DraftSaver } from '@penstock/web/editor/saving/draft-saver.ts'
import type { SaveState } from '@penstock/web/editor/saving/draft-saver.ts'
import { findJournal, journalTabs, keepJournal } from '@penstock/web/editor/saving/journal.ts'
import { openDraft } from '@penstock/web/editor/saving/open-draft.ts'
import { putOnTop, takeTheirs } from '@penstock/web/editor/saving/resolve-conflict.ts'
import { createEditorStore } from '@penstock/web/editor/state/editor-store.ts'
import { describe, expect, test, vi } from 'vitest'
import { soundDocument } from '../support-catalogue.ts'

const base: EditorContent = { ...emptyContent(''), document: soundDocument }

/** A server that keeps one draft, and may be away, or be heard no more once it has saved. */
class FakeServer {
  draft: StoredDraft = { revision: 1, ...base }
  away = false
  unheard = false
  silent = false
  saves = 0

  async save({ revision, document, layout }: StoredDraft, given: AbortSignal): Promise<SaveAnswer> {
    await (this.silent ? new Promise((done) => given.addEventListener('abort', done)) : undefined)
    if (given.aborted) return { kind: 'offline' }
    if (this.away) return { kind: 'offline' }
    this.saves += 1
    if (revision !== this.draft.revision)
      return { kind: 'conflict', theirs: { ...this.draft, savedBy: 'Ben', savedAt: undefined } }
    this.draft = { revision: revision + 1, document, layout }
    return this.unheard ? { kind: 'offline' } : { kind: 'saved', revision: revision + 1, problems: [] }
  }
}

function openOn(server: FakeServer) {
  const history = startHistory(base)
  const store = createEditorStore({ history })
  const states: SaveState['kind'][] = []
  const saver = new DraftSaver({
    store,
    port: { save: (draft, given) => server.save(draft, given) },
    saved: { revision: 1, content: history.states[0], mark: 0 },
    now: () => 0,
    onState: ({ kind }) => states.push(kind),
    onVerdict: () => {},
  })
  return {
    store,
    saver,
    states,
    rename: (name: string) => store.getState().run({ type: 'renamePipeline', name }),
  }
}

describe('a draft', () => {
  test('is saved once, 800 ms after the last command, with the revision it was based on', async () => {
    vi.useFakeTimers()
    try {
      const server = new FakeServer()
      const { rename, states } = openOn(server)
      rename('A')
      await vi.advanceTimersByTimeAsync(500)
      rename('AB')
      await vi.advanceTimersByTimeAsync(799)
      expect(server.saves).toBe(0)
      await vi.advanceTimersByTimeAsync(1)
      expect(server.draft).toMatchObject({ revision: 2, document: { name: 'AB' } })
      expect(states.at(-1)).toBe('saved')
    } finally {
      vi.useRealTimers()
    }
  })

  test('waits while the server is away, and is saved when it is back', async () => {
    const server = new FakeServer()
    const { rename, saver } = openOn(server)
    server.away = true
    rename('Offline')
    await saver.saveNow()
    expect(saver.state.kind).toBe('offline')
    rename('Still offline')
    server.away = false
    await saver.saveNow()
    expect(server.draft.document.name).toBe('Still offline')
    saver.stop()
  })

  test('that the server never answers is said to be kept here after 20 seconds, and is saved once it answers', async () => {
    vi.useFakeTimers()
    try {
      const server = new FakeServer()
      const { rename, saver } = openOn(server)
      server.silent = true
      rename('A')
      await vi.advanceTimersByTimeAsync(20_000)
      expect(saver.state.kind).toBe('saving')
      await vi.advanceTimersByTimeAsync(1_000)
      expect(saver.state.kind).toBe('offline')
      await vi.advanceTimersByTimeAsync(10_000)
      expect(saver.state.kind, 'while it is tried again').toBe('offline')
      server.silent = false
      await vi.advanceTimersByTimeAsync(20_000)
      expect(saver.state.kind).toBe('saved')
      expect(server.draft.document.name).toBe('A')
      saver.stop()
    } finally {
      vi.useRealTimers()
    }
  })

  test('two saves at once are one after the other, never a conflict with oneself', async () => {
    const server = new FakeServer()
    const { rename, saver } = openOn(server)
    rename('A')
    const first = saver.saveNow()
    rename('B')
    await Promise.all([first, saver.saveNow(), saver.saveNow()])
    expect(saver.state.kind).toBe('saved')
    expect(server.draft).toMatchObject({ document: { name: 'B' } })
    saver.stop()
  })

  test('that was saved, though the answer got lost, is no conflict with oneself when one has typed on', async () => {
    const server = new FakeServer()
    const { rename, saver } = openOn(server)
    server.unheard = true
    rename('A')
    await saver.saveNow()
    expect(saver.state.kind).toBe('offline')
    // One edit to the history, as it follows at once: what was sent is in no step of undo.
    rename('AB')
    server.unheard = false
    await saver.saveNow()
    expect(saver.state.kind).toBe('saved')
    expect(server.draft).toMatchObject({ revision: 3, document: { name: 'AB' } })
    saver.stop()
  })

  test('someone else’s note beside the document that was mine before is theirs, and is not written over', async () => {
    const server = new FakeServer()
    const { rename, saver } = openOn(server)
    const notes = { one: { text: 'Ben was here', x: 0, y: 0 } }
    server.draft = { ...server.draft, revision: 3, layout: { ...base.layout, notes } }
    rename('A')
    await saver.saveNow()
    expect(saver.state.kind).toBe('conflict')
    expect(server.draft.layout.notes).toEqual(notes)
    saver.stop()
  })

  test('someone else’s save stops it until mine are on top of theirs', async () => {
    const server = new FakeServer()
    const { rename, saver, store } = openOn(server)
    server.draft = { ...server.draft, revision: 7, document: { ...soundDocument, concurrency: 3 } }
    rename('Mine')
    await saver.saveNow()
    const { state } = saver
    if (state.kind !== 'conflict') throw new Error(state.kind)
    rename('Mine, later')
    expect(putOnTop({ store, saver }, state.theirs, 'theirs')).toBeGreaterThan(0)
    await saver.saveNow()
    expect(server.draft).toMatchObject({ revision: 8, document: { name: 'Mine, later', concurrency: 3 } })
    saver.stop()
  })

  test('theirs can be taken instead, and nothing of mine is saved', async () => {
    const server = new FakeServer()
    const { rename, saver, store } = openOn(server)
    server.draft = { ...server.draft, revision: 7, document: { ...soundDocument, name: 'Theirs' } }
    rename('Mine')
    await saver.saveNow()
    if (saver.state.kind === 'conflict') takeTheirs({ store, saver }, saver.state.theirs)
    await saver.saveNow()
    expect(store.getState().content.document.name).toBe('Theirs')
    expect(server.draft.revision).toBe(7)
    saver.stop()
  })
})

/** The browser's storage, as far as it is used. */
class FakePlace {
  readonly texts = new Map<string, string>()
  get length(): number {
    return this.texts.size
  }
  key = (index: number): string | null => [...this.texts.keys()][index] ?? null
  getItem = (key: string): string | null => this.texts.get(key) ?? null
  removeItem = (key: string): void => void this.texts.delete(key)
  setItem(key: string, text: string): void {
    this.texts.set(key, text)
  }
}

describe('what a device keeps', () => {
  const store = createEditorStore({ history: startHistory(base) })
  store.getState().run({ type: 'setConcurrency', concurrency: 2 })
  const savedHistory = store.getState().history
  const saved = { revision: 4, content: present(savedHistory), mark: markOf(savedHistory) }
  store.getState().run({ type: 'setSchedule', schedule: { every: '1h' } })
  const place = new FakePlace()
  keepJournal(place, 'p1', 't1', { history: store.getState().history, saved })
  const kept = findJournal(place, 'p1', 't1')

  test('comes back with its undo, and with what was not saved', () => {
    expect(journalTabs(place, 'p1')).toEqual(['t1'])
    const opened = openDraft({ revision: 4, ...saved.content }, kept)
    expect(opened).toMatchObject({ restored: 1, behind: false })
    expect(present(opened.history).document).toMatchObject({ concurrency: 2, schedule: { every: '1h' } })
    expect(opened.history.cursor).toBe(2)
  })

  test('is rebased when the server went on', () => {
    const opened = openDraft(
      { revision: 5, document: { ...soundDocument, name: 'Newer' }, layout: base.layout },
      kept,
    )
    expect(opened).toMatchObject({ restored: 1, behind: true })
  })

  test('is no conflict with oneself when the tab was killed after the server had saved and before it said so', () => {
    const opened = openDraft({ revision: 5, ...present(store.getState().history) }, kept)
    expect(opened).toMatchObject({ restored: 0, behind: false, saved: { revision: 5, mark: 2 } })
    expect(opened.saved.content).toBe(present(opened.history))
    expect(opened.history.cursor).toBe(2)
  })

  test('is let go when it holds nothing that the server lacks', () => {
    const all = { history: savedHistory, saved }
    const opened = openDraft(
      { revision: 9, document: { ...soundDocument, name: 'Newer' }, layout: base.layout },
      all,
    )
    expect(opened).toMatchObject({ restored: 0, behind: false })
    expect(present(opened.history).document.name).toBe('Newer')
  })

  test('a place that is full or closed is no error', () => {
    const full = new FakePlace()
    full.setItem = () => {
      throw new Error('full')
    }
    expect(keepJournal(full, 'p', 't', { history: savedHistory, saved })).toBe(false)
  })
})
