import { applyCommand } from './apply-command.ts'
import type { Command } from './command.ts'
import { emptyLayout } from './draft-document.ts'
import type { CanvasLayout, EditorContent } from './draft-document.ts'
import type { History, HistoryEntry } from './history.ts'
import { isRecord } from './json-pointer.ts'
import { readDraft } from './read-draft.ts'

const format = 1

/** A history as text. Only base, commands and cursor are written; the states follow from them. */
export function writeHistory({ states, entries, cursor, dropped }: History): string {
  return JSON.stringify({ format, base: states[0], entries, cursor, dropped })
}

/** A history from its text, replayed. Undefined where the text is no history of this version, or no longer replays. */
export function readHistory(text: string): History | undefined {
  const value = parseJson(text)
  if (!isKept(value) || value.format !== format) return undefined
  const base = readContent(value.base)
  return base && replay(base, value)
}

/** What a browser kept, as content. Undefined where it is none. */
export function readContent(value: unknown): EditorContent | undefined {
  if (!isRecord(value)) return undefined
  const read = readDraft(value['document'])
  if ('problems' in read) return undefined
  return { document: read.document, layout: readLayout(value['layout']) }
}

/** A stored layout; what it lacks is as on an empty canvas. */
export function readLayout(value: unknown): CanvasLayout {
  return isRecord(value) && isLayoutPart(value) ? { ...emptyLayout, ...value } : emptyLayout
}

interface Kept {
  readonly format: number
  readonly base: unknown
  readonly entries: readonly HistoryEntry[]
  readonly cursor: number
  readonly dropped: number
}

function replay(base: EditorContent, { entries, cursor, dropped }: Kept): History | undefined {
  const states: [EditorContent, ...EditorContent[]] = [base]
  let now = base
  for (const { command } of entries) {
    const outcome = tryCommand(now, command)
    if (outcome === undefined) return undefined
    now = outcome
    states.push(now)
  }
  return cursor > entries.length ? undefined : { entries, states, cursor, dropped }
}

/** A command of another version may be of a shape that nothing here expects. */
function tryCommand(content: EditorContent, command: Command): EditorContent | undefined {
  try {
    const outcome = applyCommand(content, command)
    return 'refused' in outcome ? undefined : outcome.content
  } catch {
    return undefined
  }
}

function isKept(value: unknown): value is Kept {
  return (
    isRecord(value) &&
    typeof value['format'] === 'number' &&
    typeof value['cursor'] === 'number' &&
    typeof value['dropped'] === 'number' &&
    Array.isArray(value['entries']) &&
    value['entries'].every(
      (entry) => isRecord(entry) && typeof entry['atMs'] === 'number' && isRecord(entry['command']),
    )
  )
}

function isLayoutPart(
  value: Readonly<Record<string, unknown>>,
): value is Partial<CanvasLayout> & typeof value {
  const maps = ['positions', 'names', 'notes'].every(
    (key) => value[key] === undefined || isRecord(value[key]),
  )
  const flags = ['protection', 'objectCards'].every((key) =>
    ['undefined', 'boolean'].includes(typeof value[key]),
  )
  const { disabled = {} } = value
  const read = isRecord(disabled) && 'document' in readDraft({ name: '', objects: disabled })
  return maps && flags && read
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
