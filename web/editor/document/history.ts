import { applyCommand } from './apply-command.ts'
import { coalesce } from './coalesce.ts'
import type { Command } from './command.ts'
import type { EditorContent } from './draft-document.ts'

/** How many commands can be undone. */
export const historyLimit = 200

/** One command that was done, and when (Unix milliseconds): edits of one text shortly after each other are one. */
export interface HistoryEntry {
  readonly command: Command
  readonly atMs: number
}

/**
 * Everything that was done, as the commands themselves on top of the content they began with. `states[i]` is the content after `i`
 * commands and follows from the rest, so base, entries and cursor are all that needs keeping; states share what they have in common.
 * Undoing everything gives the very base, redoing everything the very end.
 */
export interface History {
  readonly entries: readonly HistoryEntry[]
  readonly states: readonly [EditorContent, ...EditorContent[]]
  /** How many of the entries are in force. Those after it can be redone. */
  readonly cursor: number
  /** Counts the commands that fell out of the front, so that "saved at" marks stay right. */
  readonly dropped: number
}

/** What became of a command: a history, the same one where nothing changed, or why it does not apply. */
export type Committed = { readonly history: History } | { readonly refused: string }

/** A history in which nothing was done yet: `base` is what undoing never goes behind. */
export function startHistory(base: EditorContent): History {
  return { entries: [], states: [base], cursor: 0, dropped: 0 }
}

/** The content as it is now: after all commands that were not undone. */
export function present(history: History): EditorContent {
  return history.states[history.cursor] ?? history.states[0]
}

/** Does a command. What had been undone can no longer be redone. */
export function commit(history: History, command: Command, atMs: number): Committed {
  const before = present(history)
  const outcome = applyCommand(before, command)
  if ('refused' in outcome) return outcome
  if (outcome.content === before) return { history }
  const last = history.entries[history.cursor - 1]
  const merged = last ? coalesce(last, { command, atMs }) : undefined
  const keep = merged ? history.cursor - 1 : history.cursor
  const entries = [...history.entries.slice(0, keep), merged ?? { command, atMs }]
  const [base, ...rest] = history.states
  const states: History['states'] = [base, ...rest.slice(0, keep), outcome.content]
  return { history: withinLimit({ ...history, entries, states, cursor: entries.length }) }
}

/** Takes the last command back; where there is none, the same history. */
export function undo(history: History): History {
  return history.cursor === 0 ? history : { ...history, cursor: history.cursor - 1 }
}

/** Does again what was undone last; where nothing was, the same history. */
export function redo(history: History): History {
  return history.cursor === history.entries.length ? history : { ...history, cursor: history.cursor + 1 }
}

/** The command that `undo` would take back; undefined where there is none. */
export function nextUndo(history: History): Command | undefined {
  return history.entries[history.cursor - 1]?.command
}

/** The command that `redo` would do again; undefined where nothing was undone. */
export function nextRedo(history: History): Command | undefined {
  return history.entries[history.cursor]?.command
}

/** A place in the history that stays right while its front is cut off: the number of commands ever done before it. */
export function markOf(history: History): number {
  return history.dropped + history.cursor
}

function withinLimit(history: History): History {
  const excess = history.entries.length - historyLimit
  if (excess <= 0) return history
  const [base, ...rest] = history.states.slice(excess)
  if (base === undefined) return history
  return {
    entries: history.entries.slice(excess),
    states: [base, ...rest],
    cursor: history.cursor - excess,
    dropped: history.dropped + excess,
  }
}
