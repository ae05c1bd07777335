import type {
  ObjectChoice,
  Pipeline,
  Protection,
  Schedule,
  Source,
} from '@penstock/schemas/generated/pipeline.ts'

export type { ObjectChoice, Protection, Schedule }

/** A source that may not have its connection yet. */
export interface DraftSource {
  connector: string
  connection?: Source['connection']
}

/** A destination that may not have its connection yet. */
export interface DraftDestination {
  type: string
  connection?: Pipeline['destination']['connection']
  schema: string
}

/**
 * A pipeline document while it is drawn: the published form, but parts may still be missing. A draft whose every part is there
 * is a `Pipeline`, key for key; nothing of the canvas is in it.
 */
export interface DraftDocument {
  name: string
  source?: DraftSource
  objects: Record<string, ObjectChoice>
  schemaChanges?: 'auto_sync' | 'block'
  newFields?: 'hash_sensitive' | 'replicate' | 'hash'
  concurrency?: number
  schedule?: Schedule
  destination?: DraftDestination
}

/** Where a card or a note stands on the canvas, in canvas units (1 = a pixel at 100 %). */
export interface CanvasPoint {
  x: number
  y: number
}

/** A note on the canvas. It says nothing to the pipeline. */
export interface Note extends CanvasPoint {
  text: string
}

/** What the canvas keeps beside the document, so that moving a card is no change of the pipeline. */
export interface CanvasLayout {
  /** Steps that a person placed; the others are laid out by themselves. */
  positions: Record<string, CanvasPoint>
  /** Names that a person gave to steps, by step id. */
  names: Record<string, string>
  notes: Record<string, Note>
  /** The protection step stands on the canvas even while it protects nothing. */
  protection: boolean
  /** Objects that were put aside, with what was chosen for them: they are no part of the pipeline until they are enabled again. */
  disabled: Record<string, ObjectChoice>
  /** One card for each object, instead of one for the source. */
  objectCards: boolean
}

/** All that the editor's commands work on. */
export interface EditorContent {
  document: DraftDocument
  layout: CanvasLayout
}

/** A canvas on which nothing was placed by hand. */
export const emptyLayout: CanvasLayout = {
  positions: {},
  names: {},
  notes: {},
  protection: false,
  disabled: {},
  objectCards: false,
}

/** A pipeline of which only the name is known. */
export function emptyContent(name: string): EditorContent {
  return { document: { name, objects: {} }, layout: emptyLayout }
}

/** The objects that are put aside. One that came back by other ways, as in YAML, is none of them. */
export function disabledObjects({ document, layout }: EditorContent): readonly string[] {
  return Object.keys(layout.disabled).filter((name) => !Object.hasOwn(document.objects, name))
}

/** The name of a step: the one thing a command, a problem and a card on the canvas have in common. */
export type StepId = 'source' | 'protection' | 'destination' | `object:${string}` | `note:${string}`
