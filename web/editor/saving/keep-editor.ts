import type { EditorStore } from '../state/editor-store.ts'
import type { DraftSaver } from './draft-saver.ts'
import { dropJournal, findJournal, journalTabs, keepJournal } from './journal.ts'
import type { Journal, KeepingPlace } from './journal.ts'

/** Where an editor is kept: for this tab, and, while something is not saved, for whoever opens the pipeline next on this device. */
export interface KeepingPlaces {
  readonly tab: KeepingPlace
  readonly device: KeepingPlace
  /** A name for this tab that a reload keeps. */
  readonly tabName: string
}

/** A write that takes longer than this is not repeated with each command, but at most every 200 ms. */
const slowWriteMs = 8
const slowPauseMs = 200

interface KeptEditor {
  readonly store: EditorStore
  readonly saver: DraftSaver
  /** Changes whenever a save came to something. */
  readonly saving: { readonly subscribe: (listener: () => void) => () => void }
}

/** Writes the editor down under a name after every command, so that no command is lost with the tab. Gives what ends it. */
export function keepEditor(
  name: string,
  { store, saver, saving }: KeptEditor,
  places: KeepingPlaces,
): () => void {
  let lastMs = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = (): void => {
    clearTimeout(timer)
    timer = undefined
    const started = performance.now()
    const { history, content } = store.getState()
    const journal = { history, saved: saver.saved }
    keepJournal(places.tab, name, places.tabName, journal)
    if (content === saver.saved.content) dropJournal(places.device, name, places.tabName)
    else keepJournal(places.device, name, places.tabName, journal)
    lastMs = performance.now() - started
  }
  const onChange = (): void => {
    if (lastMs < slowWriteMs) write()
    else timer ??= setTimeout(write, slowPauseMs)
  }
  const forget = store.subscribe((state, before) => {
    if (state.history !== before.history) onChange()
  })
  const forgetSaving = saving.subscribe(() => {
    if (saver.state.kind === 'saved') onChange()
  })
  addEventListener('pagehide', write)
  return () => {
    forget()
    forgetSaving()
    write()
    removeEventListener('pagehide', write)
  }
}

/** What this tab kept, else what a tab that is gone left behind with work that was not saved. */
export async function findKept(name: string, places: KeepingPlaces): Promise<Journal | undefined> {
  const own =
    findJournal(places.tab, name, places.tabName) ?? findJournal(places.device, name, places.tabName)
  if (own) return own
  for (const tab of journalTabs(places.device, name)) {
    if (!(await isGone(tab))) continue
    const journal = findJournal(places.device, name, tab)
    dropJournal(places.device, name, tab)
    if (journal) return journal
  }
  return undefined
}

/** Holds a lock while this tab lives, so that other tabs leave its journal alone. Where the browser has no locks, nothing is held. */
export function holdTab(tabName: string): void {
  if ('locks' in navigator) void navigator.locks.request(lockName(tabName), () => new Promise(() => {}))
}

/** A tab that has just been closed lets go of its lock a moment later, so that moment is waited for. */
async function isGone(tab: string): Promise<boolean> {
  if (!('locks' in navigator)) return true
  try {
    return await navigator.locks.request(lockName(tab), { signal: AbortSignal.timeout(1_500) }, () => true)
  } catch {
    return false
  }
}

function lockName(tab: string): string {
  return `penstock.tab.${tab}`
}
