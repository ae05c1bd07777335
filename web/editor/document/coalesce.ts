import type { Command } from './command.ts'
import type { HistoryEntry } from './history.ts'

/** Edits of the same text or the same position that follow within this time are one step of undo. */
export const coalesceWithinMs = 1_000

/** Two edits as one, where they change the same text or place shortly after each other; else undefined. The later value is what remains. */
export function coalesce(before: HistoryEntry, after: HistoryEntry): HistoryEntry | undefined {
  const key = coalesceKey(after.command)
  if (key === undefined || key !== coalesceKey(before.command)) return undefined
  if (after.atMs - before.atMs > coalesceWithinMs) return undefined
  return after
}

/** What a command overwrites whole, so that only the last of several matters. */
function coalesceKey(command: Command): string | undefined {
  switch (command.type) {
    case 'renamePipeline':
    case 'setNamespace':
    case 'setConcurrency':
      return command.type
    case 'setSchedule':
      return command.schedule && 'cron' in command.schedule ? 'setSchedule cron' : undefined
    case 'setStartAt':
      return command.startAt === undefined ? undefined : `setStartAt ${command.object}`
    case 'renameStep':
      return `renameStep ${command.step}`
    case 'setNoteText':
      return `setNoteText ${command.id}`
    case 'moveSteps':
      return `moveSteps ${Object.keys(command.to).toSorted().join(' ')}`
    case 'replaceDocument':
      return 'replaceDocument'
    case 'addSource':
    case 'removeSource':
    case 'setSourceConnection':
    case 'addObjects':
    case 'removeObjects':
    case 'disableObjects':
    case 'enableObjects':
    case 'addProtection':
    case 'removeProtection':
    case 'setProtection':
    case 'setSchemaChanges':
    case 'setNewFields':
    case 'addDestination':
    case 'removeDestination':
    case 'setDestinationConnection':
    case 'setValue':
    case 'tidy':
    case 'showObjectCards':
    case 'addNote':
    case 'removeNote':
    case 'batch':
      return undefined
  }
}
