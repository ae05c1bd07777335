import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { CheckpointRule, ListRead } from '@penstock/schemas/generated/manifest.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { StoredTable } from './destination.ts'
import { growTree, rootOf, type ObjectNode } from './object-tree.ts'
import { manifestOf, planTable, protectionWarnings, ruleOf, type Decisions } from './plan-table.ts'
import type { Pseudonymiser } from './protect-value.ts'
import { withZone } from './record-time.ts'
import type { TableShape } from './table-shape.ts'

/** What is read together: one list, and all wanted objects that come from its records. */
export interface PlannedGroup {
  readonly tree: ObjectNode
  readonly list: ListRead
  readonly rule: CheckpointRule | undefined
  /** Unix seconds; the earliest that any of its objects asks for. */
  readonly startAt: number | undefined
  readonly shapes: ReadonlyMap<string, TableShape>
  readonly warnings: ReadonlyMap<string, readonly string[]>
}

export interface GroupsInput {
  readonly connector: Connector
  readonly pipeline: Pipeline
  readonly objects: readonly string[]
  readonly stored: ReadonlyMap<string, StoredTable>
  readonly pseudonymiser: Pseudonymiser
  readonly decisions?: Decisions
  /** ISO 8601. */
  readonly now: string
}

/** The groups of a run; those whose list may not wait (a scroll) first. */
export function planGroups(input: GroupsInput): readonly PlannedGroup[] {
  const { connector, objects } = input
  const roots = new Set(objects.map((object) => rootOf(object, connector.manifest.objects)))
  const groups = [...roots].map((root) => planGroup(root, input)).filter((group) => group !== undefined)
  const isScroll = (group: PlannedGroup) => group.list.pagination.type === 'scroll'
  return groups.toSorted((one, other) => Number(isScroll(other)) - Number(isScroll(one)))
}

function planGroup(root: string, input: GroupsInput): PlannedGroup | undefined {
  const { connector, pipeline, objects, stored } = input
  const inGroup = objects.filter((object) => rootOf(object, connector.manifest.objects) === root)
  const shapes = new Map(
    inGroup.map((object) => [object, planTable({ ...input, object, stored: stored.get(object) })]),
  )
  const tree = growTree(root, connector.manifest.objects, (object) => shapes.get(object))
  const { read } = manifestOf(connector, root)
  if (!tree || read.type !== 'list') return undefined
  const warnings = inGroup.map((object): [string, readonly string[]] => {
    const shape = shapes.get(object)
    return [object, shape ? protectionWarnings(shape, stored.get(object)) : []]
  })
  return {
    tree,
    list: read,
    rule: ruleOf(connector, root),
    startAt: startOf(pipeline, [root, ...inGroup]),
    shapes,
    warnings: new Map(warnings),
  }
}

/** The earliest that any of these objects asks for, Unix seconds. A date is its midnight in UTC; a date-time without a zone is UTC, too. */
export function startOf(pipeline: Pipeline, objects: readonly string[]): number | undefined {
  const seconds = objects
    .map((object) => pipeline.objects[object]?.startAt)
    .filter((start) => start !== undefined)
    .map((start) => Math.floor(Date.parse(withZone(start)) / 1000))
  return seconds.length === 0 ? undefined : Math.min(...seconds)
}
