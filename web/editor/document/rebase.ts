import { applyCommand } from './apply-command.ts'
import type { Command } from './command.ts'
import { isLayoutCommand } from './command.ts'
import { subjectOf } from './describe-change.ts'
import type { NamesAround } from './describe-change.ts'
import { diffDocuments } from './diff-documents.ts'
import type { DocumentChange } from './diff-documents.ts'
import { describeCommand } from './describe-command.ts'
import { commit, present, startHistory } from './history.ts'
import type { History } from './history.ts'
import type { EditorContent } from './draft-document.ts'
import { isSameJson } from './json-pointer.ts'
import { documentStrings as words } from '../../strings/editor-document.ts'

/** One of my commands that cannot simply be done again on the newer version, in words, and why. */
export interface RebaseConflict {
  readonly command: Command
  readonly label: string
  readonly reason: string
  /** Both sides changed these. Empty where the command does not apply at all. */
  readonly overlaps: readonly string[]
}

/** My work on top of someone else's newer version. `history` begins with theirs, so that undo never takes their work back. */
export interface Rebased {
  readonly history: History
  readonly applied: readonly string[]
  readonly conflicts: readonly RebaseConflict[]
}

/** What is known when the server says that someone else saved first. */
export interface RebaseInput {
  /** The version that my unsaved commands began with. */
  readonly base: EditorContent
  /** My commands since then, in order. */
  readonly mine: readonly Command[]
  /** The newer version. */
  readonly theirs: EditorContent
  /** When my commands are done again: Unix milliseconds. */
  readonly atMs: number
  /** What to do where both changed the same: keep theirs, or do mine over it. */
  readonly prefer: 'theirs' | 'mine'
  readonly titleOf?: NamesAround['titleOf']
}

/**
 * Does my commands again on a newer version. A command conflicts where it no longer applies, or where it sets what they set
 * to something else; with `prefer: 'mine'` only the former is left out. Every command is either applied or a conflict, never lost in silence.
 */
export function rebase({ base, mine, theirs, atMs, prefer, titleOf }: RebaseInput): Rebased {
  const taken = new Map(
    diffDocuments(base.document, theirs.document).map((change) => [change.pointer, change]),
  )
  let history = startHistory(theirs)
  let mineAlone = base
  const applied: string[] = []
  const conflicts: RebaseConflict[] = []
  for (const [index, command] of mine.entries()) {
    const before = mineAlone
    const alone = applyCommand(before, command)
    if ('content' in alone) mineAlone = alone.content
    const both = isLayoutCommand(command) ? [] : overlapsOf(before, mineAlone, taken)
    const overlaps = both.map((pointer) => subjectOf(pointer, titleOf))
    const label = describeCommand(command)
    if (overlaps.length > 0 && prefer === 'theirs') {
      conflicts.push({ command, label, reason: words.refused.changedByOther, overlaps })
      continue
    }
    // A second apart, so that the history's undo steps stay as they were.
    const done = commit(history, command, atMs + index * 2_000)
    if ('refused' in done) conflicts.push({ command, label, reason: done.refused, overlaps: [] })
    else {
      history = done.history
      applied.push(label)
    }
  }
  return { history, applied, conflicts }
}

/** My unsaved work as commands: those since the last save, or, where undo went back behind it, what differs from it. */
export function unsavedCommands(
  history: History,
  savedMark: number,
  saved: EditorContent,
): readonly Command[] {
  const from = savedMark - history.dropped
  if (from >= 0 && from <= history.cursor && history.states[from]?.document === saved.document)
    return history.entries.slice(from, history.cursor).map(({ command }) => command)
  return diffDocuments(saved.document, present(history).document).map(asCommand)
}

function asCommand({ pointer, after }: DocumentChange): Command {
  return { type: 'setValue', pointer, value: after }
}

/** Where a command changes what they changed too, to something else. Changing an object overlaps with its coming and going. */
function overlapsOf(
  before: EditorContent,
  after: EditorContent,
  taken: ReadonlyMap<string, DocumentChange>,
): readonly string[] {
  return diffDocuments(before.document, after.document).flatMap((change) => {
    const same = taken.get(change.pointer)
    if (same) return isSameJson(same.after, change.after) ? [] : [change.pointer]
    const around = [...taken.keys()].find(
      (pointer) => pointer.startsWith(`${change.pointer}/`) || change.pointer.startsWith(`${pointer}/`),
    )
    return around === undefined ? [] : [change.pointer]
  })
}
