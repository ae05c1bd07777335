import { isRecord } from '../document/json-pointer.ts'
import { readContent, readHistory, writeHistory } from '../document/keep-history.ts'
import type { History } from '../document/history.ts'
import type { SavedPoint } from './draft-saver.ts'

/** What a browser keeps of an open editor: the history, and what the server had of it. */
export interface Journal {
  readonly history: History
  readonly saved: SavedPoint
}

/** The part of the Web Storage API that is used. */
export type KeepingPlace = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const prefix = 'penstock.journal.'

/** A journal as text. */
export function writeJournal({ history, saved }: Journal): string {
  return JSON.stringify({ history: writeHistory(history), saved })
}

/** A journal from its text; undefined where it is none, or of another version. */
export function readJournal(text: string | null): Journal | undefined {
  const value = text === null ? undefined : parseJson(text)
  if (!isRecord(value) || typeof value['history'] !== 'string' || !isRecord(value['saved'])) return undefined
  const history = readHistory(value['history'])
  const { revision, mark, content } = value['saved']
  const saved = readContent(content)
  if (!history || !saved || typeof revision !== 'number' || typeof mark !== 'number') return undefined
  // The very state of the history where it is still there, so that "nothing unsaved" is one comparison.
  const state = history.states[mark - history.dropped]
  const same = state && JSON.stringify(state) === JSON.stringify(saved) ? state : saved
  return { history, saved: { revision, mark, content: same } }
}

/** Keeps a journal. False where the place is full or closed: then the server is the only copy. */
export function keepJournal(place: KeepingPlace, name: string, tab: string, journal: Journal): boolean {
  try {
    place.setItem(`${prefix}${name}.${tab}`, writeJournal(journal))
    return true
  } catch {
    return false
  }
}

/** Forgets a tab's journal: the server has all that is in it. */
export function dropJournal(place: KeepingPlace, name: string, tab: string): void {
  place.removeItem(`${prefix}${name}.${tab}`)
}

/** The tabs that left a journal of this name in this place. */
export function journalTabs(place: KeepingPlace, name: string): readonly string[] {
  const start = `${prefix}${name}.`
  return Array.from({ length: place.length }, (_, index) => place.key(index))
    .filter((key): key is string => key?.startsWith(start) ?? false)
    .map((key) => key.slice(start.length))
}

/** A kept journal of one tab. */
export function findJournal(place: KeepingPlace, name: string, tab: string): Journal | undefined {
  return readJournal(place.getItem(`${prefix}${name}.${tab}`))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
