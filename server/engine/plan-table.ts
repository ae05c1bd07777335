import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { CheckpointRule, ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { Field, FieldType } from '@penstock/schemas/generated/record.ts'
import { commonType } from './convert-cell.ts'
import type { ColumnType, StoredTable } from './destination.ts'
import { readNote } from './column-note.ts'
import { parentKeyOf } from './expand-record.ts'
import { guessSensitive } from './guess-sensitive.ts'
import { rootOf } from './object-tree.ts'
import {
  choicesBelow,
  hiddenPaths,
  planProtection,
  type Protection,
  type ProtectionNode,
} from './protect-tree.ts'
import type { Pseudonymiser } from './protect-value.ts'
import { TableShape, type ShapeColumn } from './table-shape.ts'

export interface TablePlanInput {
  readonly connector: Connector
  readonly pipeline: Pipeline
  readonly object: string
  /** The table as it stands in the destination. */
  readonly stored: StoredTable | undefined
  readonly pseudonymiser: Pseudonymiser
  readonly decisions?: Decisions
  /** ISO 8601. */
  readonly now: string
}

/** What a person decided about a field that a run found. What the pipeline itself says of the field goes before it. */
export interface FieldDecision {
  /** How its values land. */
  readonly protection?: Protection
  /** Its column may take a wider type, also under block. */
  readonly widen?: true
  /** The field whose column it goes on with: the source calls it by another name now. */
  readonly continues?: string
}

/** Decisions by object and field. */
export type Decisions = ReadonlyMap<string, ReadonlyMap<string, FieldDecision>>

/**
 * The shape of an object's table: what the record schema declares, less what the pipeline excludes, plus what earlier runs met.
 * Types are never narrower than what the table holds. With block, an existing table is taken as it is. A field that is excluded though the
 * table has a column for it is in the shape, and lands as null: as with hashing, rows lose what they hold when they are written again.
 */
export function planTable(input: TablePlanInput): TableShape {
  const { connector, pipeline, object, stored } = input
  const manifest = manifestOf(connector, object)
  const block = pipeline.schemaChanges === 'block'
  const declared = declaredFields(connector, object, manifest)
  const own = new Map(Object.entries(pipeline.objects[object]?.fields ?? {}))
  const decisions = decisionsInForce(input, manifest, own)
  const decided = new Map(pick(decisions, ({ protection }) => protection))
  const continues = new Map(pick(decisions, (decision) => decision.continues))
  const choices = new Map([...decided, ...own])
  const columns: ShapeColumn[] = []
  const left = new Set<string>()
  for (const [field, schema] of declared) {
    if (continues.has(field)) continue
    const protection = planProtection(schema, choicesBelow(choices, field))
    const known = stored?.columns.find((column) => column.field === field)
    if (protection.action === 'exclude' && !known) left.add(field)
    else if (known || !stored || !block || decided.has(field))
      columns.push({ field, type: landedType(schema, protection, known?.type), protection, seen: 0 })
  }
  for (const column of stored?.columns ?? []) {
    if (declared.has(column.field) || continues.has(column.field)) continue
    const note = readNote(column.note)
    const chosen = planProtection(undefined, choicesBelow(choices, column.field), note)
    const type = chosen.action === 'hash' && column.type !== 'json' ? 'text' : column.type
    columns.push({ ...column, type, protection: chosen, firstSeen: note.firstSeen, seen: 0 })
  }
  for (const [field, action] of decided) if (action === 'exclude') left.add(field)
  return new TableShape({
    object,
    primaryKey: manifest.primaryKey,
    versionField: versionFieldOf(connector, object, declared),
    parentKey: parentKeyOf({ manifest }),
    columns,
    left,
    block,
    decided: new Set(decided.keys()),
    widens: new Set(pick(decisions, ({ widen }) => widen).map(([field]) => field)),
    ...(continues.size > 0 ? { continues } : {}),
    pseudonymiser: input.pseudonymiser,
    protectNew: (field, value) => protectNew(pipeline, field, value, decided.get(field)),
    now: input.now,
  })
}

/** The manifest of an object that validation has found to exist. */
export function manifestOf(connector: Connector, object: string): ObjectManifest {
  const manifest = connector.manifest.objects[object]
  if (!manifest) throw new Error(`${connector.name} has no object ${object}`)
  return manifest
}

/** How an object is read from where the last run left off: its list's rule. */
export function ruleOf(connector: Connector, object: string): CheckpointRule | undefined {
  return manifestOf(connector, rootOf(object, connector.manifest.objects)).checkpoint
}

/** The record schema's fields, and the columns that a parent gives. */
function declaredFields(connector: Connector, object: string, manifest: ObjectManifest): Map<string, Field> {
  const fields = new Map(Object.entries(connector.records.get(object)?.properties ?? {}))
  const given = manifest.read.type === 'children' ? Object.keys(manifest.read.keys) : []
  for (const key of given) if (!fields.has(key)) fields.set(key, { type: 'string' })
  return fields
}

/**
 * The field that says which of two records is newer. For a list that is its checkpoint field; what is read below it has its own only
 * where the record carries a field of that name.
 */
function versionFieldOf(
  connector: Connector,
  object: string,
  declared: ReadonlyMap<string, Field>,
): string | undefined {
  const rule = ruleOf(connector, object)
  // Its text begins with the day of the week.
  if (rule?.format === 'rfc2822') return undefined
  const field = rule?.field
  const own = manifestOf(connector, object).read.type !== 'derived'
  return own && field !== undefined && declared.has(field) ? field : undefined
}

/** What a person should know about protection that was turned on after rows had landed. */
export function protectionWarnings(
  shape: TableShape,
  stored: Pick<StoredTable, 'columns'> | undefined,
): readonly string[] {
  const plain = shape.columns.flatMap(({ field, protection }) => {
    const before = stored?.columns.find((column) => column.field === field)
    const note = readNote(before?.note)
    if (before === undefined || note.action !== 'replicate') return []
    if (protection.action !== 'replicate') return [field]
    const known = note.hidden
    const paths = known ? hiddenPaths(protection).filter((path) => !known.includes(path)) : []
    return paths.map((path) => `${field}.${path}`)
  })
  if (plain.length === 0) return []
  const fields = plain.join(', ')
  return [
    `Rows of ${shape.object} that landed earlier still hold ${fields} as plain text until they change. ` +
      `Read them again with --full-refresh --only ${shape.object}.`,
  ]
}

/** The column type of a declared field. */
export function columnType(field: Field): ColumnType {
  if (field['x-id'] === true) return 'text'
  const types = (Array.isArray(field.type) ? field.type : [field.type]).filter((type) => type !== 'null')
  const landed = types.map((type) => columnTypes[type])
  const [first] = landed
  if (first === undefined) return 'text'
  return landed.reduce((one, other) => commonType(one, other), first)
}

const columnTypes: Readonly<Record<FieldType, ColumnType>> = {
  string: 'text',
  integer: 'integer',
  number: 'double',
  boolean: 'boolean',
  object: 'json',
  array: 'json',
  null: 'text',
}

function landedType(field: Field, protection: ProtectionNode, stored: ColumnType | undefined): ColumnType {
  const plain = columnType(field)
  const type = protection.action === 'hash' && plain !== 'json' ? 'text' : plain
  return stored === undefined ? type : commonType(type, stored)
}

function protectNew(
  pipeline: Pipeline,
  field: string,
  value: unknown,
  decided: Protection | undefined,
): ProtectionNode {
  const kind = guessSensitive(field, value)
  const policy = pipeline.newFields ?? 'hash_sensitive'
  const action: Protection = policy === 'hash' || (policy === 'hash_sensitive' && kind) ? 'hash' : 'replicate'
  return { action: decided ?? action, kind: kind ?? 'free_text', members: new Map() }
}

/**
 * The decisions about an object's fields that still count: none about what names a row or says how new it is, or what the pipeline
 * itself chooses; and no field goes on with the column of one of those that name a row.
 */
function decisionsInForce(
  { connector, object, decisions }: TablePlanInput,
  manifest: ObjectManifest,
  own: ReadonlyMap<string, Protection>,
): ReadonlyMap<string, FieldDecision> {
  const needed = new Set([...manifest.primaryKey, ruleOf(connector, object)?.field])
  const all = [...(decisions?.get(object) ?? [])]
  return new Map(
    all.filter(
      ([field, { continues = field }]) => !own.has(field) && !needed.has(field) && !needed.has(continues),
    ),
  )
}

/** The fields about which one thing was decided, with what. */
function pick<T>(
  decisions: ReadonlyMap<string, FieldDecision>,
  what: (decision: FieldDecision) => T | undefined,
): readonly (readonly [string, T])[] {
  return [...decisions].flatMap(([field, decision]) => {
    const picked = what(decision)
    return picked === undefined ? [] : [[field, picked] as const]
  })
}
