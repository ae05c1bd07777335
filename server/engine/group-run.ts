import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { CheckpointRule, ListRead } from '@penstock/schemas/generated/manifest.ts'
import type { ApiClient } from './api-client.ts'
import type {
  CommitResult,
  Destination,
  OpenTables,
  RunCounts,
  StoredTable,
  TableSpec,
} from './destination.ts'
import { readNote, writeNote } from './column-note.ts'
import { allNodes, type ObjectNode } from './object-tree.ts'
import { isJsonObject, readPath, type Json } from './read-path.ts'
import { renderTemplate, type References } from './render-template.ts'
import { withWritten } from './run-counts.ts'
import type { RunTally } from './run-tally.ts'
import type { TableShape } from './table-shape.ts'
import type { UnreadRecords } from './unread-records.ts'

/** What a run knows of the account that it reads. */
export interface Account {
  /** Whose data it is: never mixed with another's in one table. */
  readonly source: string
  readonly timezone: string | undefined
  /** Unix seconds. */
  readonly createdAt: number | undefined
}

/** What all objects under one list need while they are read together. */
export interface GroupRun {
  /** What is still to be read; an object that fails is taken out. */
  readonly tree: ObjectNode
  readonly list: ListRead
  readonly rule: CheckpointRule | undefined
  readonly client: ApiClient
  readonly account: Account
  readonly references: References
  readonly tally: RunTally
  readonly destination: Pick<Destination, 'inProcess'>
  readonly tables: OpenTables
  /** Where each object's last commit left off. Brought up to date with every commit. */
  readonly checkpoints: Map<string, Checkpoint | undefined>
  /** The versions of the shapes that the tables have by now, by object; absent is 0, as they were opened. */
  readonly altered: Map<string, number>
  readonly stored: ReadonlyMap<string, StoredTable>
  readonly startAt: number | undefined
  readonly fullRefresh: boolean
  readonly parallel: number
  readonly unread: UnreadRecords
  readonly signal: AbortSignal
  /** Called whenever something landed or was read. */
  readonly onProgress: (object: string) => void
  /** Everything was read, and what is left is to land it. */
  readonly onRead: (objects: Iterable<string>) => void
  /** See `GenerationContext`. */
  readonly holdScroll?: (object: string) => Promise<AsyncDisposable>
}

/** The shapes of a tree's wanted tables, by object. */
export function shapesOf(tree: ObjectNode): ReadonlyMap<string, TableShape> {
  const wanted = allNodes(tree).filter((node) => node.shape !== undefined)
  return new Map(wanted.flatMap(({ object, shape }) => (shape ? [[object, shape] as const] : [])))
}

/** A shape's table as the destination is asked to have it, with what is to be remembered of each column. */
export function specOf(shape: TableShape, stored: ReadonlyMap<string, StoredTable>): TableSpec {
  const before = stored.get(shape.object)
  const notes = new Map(before?.columns.map(({ field, note }) => [field, note]))
  return shape.spec((column) => {
    const note = notes.get(column.field)
    return writeNote(column, shape.records, note === undefined ? undefined : readNote(note))
  })
}

/** Opens the tables of a tree for one run. */
export async function openGroup(
  destination: Destination,
  tree: ObjectNode,
  stored: ReadonlyMap<string, StoredTable>,
  claim: { readonly run: string; readonly source: string },
): Promise<OpenTables> {
  const specs = [...shapesOf(tree).values()].map((shape) => specOf(shape, stored))
  return destination.open(specs, claim)
}

/**
 * Alters a table that its shape has outgrown; undefined where none has. Shapes grow while a destination alters, so this is asked
 * until it says undefined, and rows are brought to the shapes' versions before anything else is awaited.
 */
export function catchUp(
  group: Pick<GroupRun, 'tree' | 'tables' | 'stored' | 'altered'>,
): Promise<void> | undefined {
  const { tables, stored, altered } = group
  for (const [object, shape] of shapesOf(group.tree)) {
    const { version } = shape
    if (version === (altered.get(object) ?? 0)) continue
    return tables.alter(specOf(shape, stored)).then(() => void altered.set(object, version))
  }
  return undefined
}

/** Counts what has landed: `counts` as the destination was given them, with what it wrote. */
export function countWritten(
  tally: RunTally,
  counts: ReadonlyMap<string, RunCounts>,
  result: CommitResult,
): void {
  tally.set(new Map([...counts].map(([object, known]) => [object, withWritten(known, result.get(object))])))
}

/** Sets the fields that the manifest fills, where a record lacks them. */
export function filler(list: ListRead): (record: Json, references: References) => Json {
  const fill = Object.entries(list.fill ?? {})
  if (fill.length === 0) return (record) => record
  return (record, references) => {
    if (!isJsonObject(record)) return record
    const known: References = (name) =>
      name.startsWith('record.') ? readPath(record, name.slice('record.'.length)) : references(name)
    const lacking = fill.filter(([field]) => !Object.hasOwn(record, field) || record[field] === null)
    const given = lacking.flatMap(([field, template]): [string, Json][] => {
      const value = renderTemplate(template, known)
      return value === undefined ? [] : [[field, value]]
    })
    return given.length === 0 ? record : { ...record, ...Object.fromEntries(given) }
  }
}
