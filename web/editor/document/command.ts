import type {
  CanvasPoint,
  DraftDestination,
  DraftDocument,
  DraftSource,
  Note,
  Protection,
  Schedule,
} from './draft-document.ts'

/** Fields by object: the paths of each, dotted. */
export type FieldsByObject = Readonly<Record<string, readonly string[]>>

/**
 * Everything a person can do to a pipeline, as data: it can be kept, sent, replayed on another version, and undone.
 * A command says what was meant (`hash these fields`), never what the document looked like before.
 */
export type Command =
  | { readonly type: 'renamePipeline'; readonly name: string }
  | { readonly type: 'addSource'; readonly source: DraftSource; readonly objects?: readonly string[] }
  | { readonly type: 'removeSource' }
  | { readonly type: 'setSourceConnection'; readonly connection: NonNullable<DraftSource['connection']> }
  | {
      readonly type: 'addObjects'
      readonly objects: readonly string[]
      readonly protect?: ProtectionByObject
    }
  | { readonly type: 'removeObjects'; readonly objects: readonly string[] }
  /** They stay beside the pipeline with all that was chosen for them, and are read no more. */
  | { readonly type: 'disableObjects'; readonly objects: readonly string[] }
  | { readonly type: 'enableObjects'; readonly objects: readonly string[] }
  | { readonly type: 'setStartAt'; readonly object: string; readonly startAt?: string }
  | { readonly type: 'addProtection' }
  | { readonly type: 'removeProtection' }
  | { readonly type: 'setProtection'; readonly fields: FieldsByObject; readonly protection: Protection }
  | { readonly type: 'setSchemaChanges'; readonly policy: NonNullable<DraftDocument['schemaChanges']> }
  | { readonly type: 'setNewFields'; readonly policy: NonNullable<DraftDocument['newFields']> }
  | { readonly type: 'setSchedule'; readonly schedule?: Schedule }
  | { readonly type: 'setConcurrency'; readonly concurrency?: number }
  | { readonly type: 'addDestination'; readonly destination: DraftDestination }
  | { readonly type: 'removeDestination' }
  | {
      readonly type: 'setDestinationConnection'
      readonly connectionType: string
      readonly connection: NonNullable<DraftDestination['connection']>
    }
  | { readonly type: 'setNamespace'; readonly namespace: string }
  | { readonly type: 'replaceDocument'; readonly document: DraftDocument }
  | { readonly type: 'setValue'; readonly pointer: string; readonly value?: unknown }
  | LayoutCommand
  | { readonly type: 'batch'; readonly label: string; readonly commands: readonly Command[] }

/** What only the canvas knows of: none of these changes the pipeline. */
export type LayoutCommand =
  | { readonly type: 'renameStep'; readonly step: string; readonly name: string }
  | { readonly type: 'moveSteps'; readonly to: Readonly<Record<string, CanvasPoint>> }
  | { readonly type: 'tidy' }
  | { readonly type: 'showObjectCards'; readonly shown: boolean }
  | { readonly type: 'addNote'; readonly id: string; readonly note: Note }
  | { readonly type: 'setNoteText'; readonly id: string; readonly text: string }
  | { readonly type: 'removeNote'; readonly id: string }

/** Protection by object and path. */
export type ProtectionByObject = Readonly<Record<string, Readonly<Record<string, Protection>>>>

/** Whether a command leaves the pipeline as it is. */
export function isLayoutCommand(command: Command): command is LayoutCommand {
  switch (command.type) {
    case 'renameStep':
    case 'moveSteps':
    case 'tidy':
    case 'showObjectCards':
    case 'addNote':
    case 'setNoteText':
    case 'removeNote':
      return true
    case 'renamePipeline':
    case 'addSource':
    case 'removeSource':
    case 'setSourceConnection':
    case 'addObjects':
    case 'removeObjects':
    case 'disableObjects':
    case 'enableObjects':
    case 'setStartAt':
    case 'addProtection':
    case 'removeProtection':
    case 'setProtection':
    case 'setSchemaChanges':
    case 'setNewFields':
    case 'setSchedule':
    case 'setConcurrency':
    case 'addDestination':
    case 'removeDestination':
    case 'setDestinationConnection':
    case 'setNamespace':
    case 'replaceDocument':
    case 'setValue':
    case 'batch':
      return false
  }
}
