import type { SavedConnection } from '../document/catalogue.ts'
import type { Command } from '../document/command.ts'
import type { EditorContent } from '../document/draft-document.ts'
import { isRecord } from '../document/json-pointer.ts'
import { readDraft } from '../document/read-draft.ts'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { freeNoteId } from './step-commands.ts'

/**
 * Steps as text for the clipboard: the parts of the document they stand for, and notes. A saved connection is only an id, so no secret
 * is ever copied; settings given in the document are left out.
 */
export function writeSteps({ document, layout }: EditorContent, steps: Iterable<string>): string {
  const chosen = new Set(steps)
  const isWhole = chosen.has('source')
  const names = Object.keys(document.objects).filter((name) => isWhole || chosen.has(`object:${name}`))
  const { source, destination } = document
  return JSON.stringify(
    {
      penstock: 'steps',
      source:
        isWhole && source ? { connector: source.connector, ...savedOnly(source.connection) } : undefined,
      objects: Object.fromEntries(names.map((name) => [name, document.objects[name]])),
      destination:
        chosen.has('destination') && destination
          ? { type: destination.type, schema: destination.schema, ...savedOnly(destination.connection) }
          : undefined,
      protection: chosen.has('protection'),
      notes: Object.entries(layout.notes).flatMap(([id, note]) => (chosen.has(`note:${id}`) ? [note] : [])),
    },
    undefined,
    2,
  )
}

/**
 * The command that pastes copied steps: what is missing is added, objects that are there already stay as they are. A connection that
 * this workspace does not have is replaced by its only one to the same app, and left open where there is none or a choice. Undefined
 * where the text is no copied steps, or nothing of it fits.
 */
export function pasteSteps(
  text: string,
  content: EditorContent,
  known: readonly SavedConnection[] | undefined,
): Command | undefined {
  const copied = readSteps(text)
  if (!copied) return undefined
  const { document, notes, protection } = copied
  const commands: Command[] = []
  if (document.source && !content.document.source) {
    const { connector, connection } = document.source
    commands.push({
      type: 'addSource',
      source: { connector, ...boundTo(known, 'source', connector, connection) },
    })
  }
  const hasSource = content.document.source ?? document.source
  const objects = Object.keys(document.objects)
  if (hasSource && objects.length > 0)
    commands.push({
      type: 'addObjects',
      objects,
      protect: Object.fromEntries(objects.map((name) => [name, document.objects[name]?.fields ?? {}])),
    })
  if (hasSource) commands.push(...startCommands(document.objects, content))
  if (hasSource && protection) commands.push({ type: 'addProtection' })
  if (document.destination && !content.document.destination) {
    const { type, schema, connection } = document.destination
    commands.push({
      type: 'addDestination',
      destination: { type, schema, ...boundTo(known, 'destination', type, connection) },
    })
  }
  commands.push(...noteCommands(notes, content))
  return commands.length > 0 ? { type: 'batch', label: words.menu.paste.toLowerCase(), commands } : undefined
}

/** The connection that was copied, or the only other one to the same app. */
function boundTo(
  known: readonly SavedConnection[] | undefined,
  side: SavedConnection['side'],
  kind: string,
  copied: unknown,
): { readonly connection?: string } {
  if (!known) return savedOnly(copied)
  const fitting = known.filter((one) => one.side === side && one.kind === kind)
  const [only, another] = fitting
  const found = fitting.find(({ id }) => id === copied) ?? (another ? undefined : only)
  return found ? { connection: found.id } : {}
}

/** From when on the objects that come along are read. */
function startCommands(
  objects: EditorContent['document']['objects'],
  content: EditorContent,
): readonly Command[] {
  return Object.entries(objects).flatMap(([object, choice]): readonly Command[] => {
    const startAt = choice?.startAt
    const isNew = startAt !== undefined && !Object.hasOwn(content.document.objects, object)
    return isNew ? [{ type: 'setStartAt', object, startAt }] : []
  })
}

interface CopiedSteps {
  readonly document: EditorContent['document']
  readonly protection: boolean
  readonly notes: readonly { readonly text: string; readonly x: number; readonly y: number }[]
}

function readSteps(text: string): CopiedSteps | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(value) || value['penstock'] !== 'steps') return undefined
  const { source, objects, destination, notes } = value
  const read = readDraft({ name: '', source, objects: objects ?? {}, destination })
  if ('problems' in read) return undefined
  return { document: read.document, protection: value['protection'] === true, notes: readNotes(notes) }
}

function readNotes(notes: unknown): CopiedSteps['notes'] {
  if (!Array.isArray(notes)) return []
  return notes.flatMap((note: unknown) =>
    isRecord(note) &&
    typeof note['text'] === 'string' &&
    typeof note['x'] === 'number' &&
    typeof note['y'] === 'number'
      ? [{ text: note['text'], x: note['x'], y: note['y'] }]
      : [],
  )
}

/** A pasted note stands a little beside the one it is a copy of. */
function noteCommands(notes: CopiedSteps['notes'], content: EditorContent): readonly Command[] {
  const free = Number(freeNoteId(content).slice(1))
  return notes.map((note, index): Command => ({
    type: 'addNote',
    id: `n${free + index}`,
    note: { ...note, x: note.x + 24, y: note.y + 24 },
  }))
}

function savedOnly(connection: unknown): { readonly connection?: string } {
  return typeof connection === 'string' ? { connection } : {}
}
