import type { SavedConnection } from '../document/catalogue.ts'
import type { Command } from '../document/command.ts'
import type { EditorContent } from '../document/draft-document.ts'
import type { SlotKind } from '../canvas/flow.ts'

/** What the palette and the picker offer. */
export type AddableStep =
  | { readonly type: 'connection'; readonly connection: SavedConnection }
  | {
      readonly type: 'kind'
      readonly side: 'source' | 'destination'
      readonly kind: string
      readonly title: string
    }
  | { readonly type: 'protection' }
  | { readonly type: 'note' }

/** The place a step goes to; notes go anywhere. */
export function slotOf(step: AddableStep): SlotKind | undefined {
  switch (step.type) {
    case 'connection':
      return step.connection.side
    case 'kind':
      return step.side
    case 'protection':
      return 'protection'
    case 'note':
      return undefined
  }
}

/** Whether a place can take a step now: each exists once, and protection follows a source. */
export function isFree(slot: SlotKind, { document, layout }: EditorContent): boolean {
  switch (slot) {
    case 'source':
      return document.source === undefined
    case 'destination':
      return document.destination === undefined
    case 'protection':
      return document.source !== undefined && !layout.protection && !hasProtectedFields(document)
  }
}

/**
 * The command that puts a saved connection in its place. A source begins with the objects its connector recommends; a destination with
 * a namespace named after the source.
 */
export function additionOf(
  connection: SavedConnection,
  { document }: EditorContent,
  recommended: readonly string[] | undefined,
): Command {
  if (connection.side === 'source') {
    const source = { connector: connection.kind, connection: connection.id }
    return { type: 'addSource', source, ...(recommended ? { objects: recommended } : {}) }
  }
  return {
    type: 'addDestination',
    destination: {
      type: connection.kind,
      connection: connection.id,
      schema: document.source?.connector.replaceAll(/[^a-z0-9_]+/gi, '_') ?? 'penstock',
    },
  }
}

function hasProtectedFields({ objects }: EditorContent['document']): boolean {
  return Object.values(objects).some((choice) => choice?.fields !== undefined)
}
