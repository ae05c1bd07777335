import { findObject, inCatalogueOrder } from '../document/catalogue.ts'
import type { Catalogue, Surroundings } from '../document/catalogue.ts'
import { disabledObjects } from '../document/draft-document.ts'
import type { EditorContent, ObjectChoice, StepId } from '../document/draft-document.ts'
import { countErrors, isOnlyBegun, problemsOf } from '../document/problem.ts'
import type { EditorProblem } from '../document/problem.ts'
import { graphOf } from '../document/pipeline-graph.ts'
import {
  countPipeline,
  openFields,
  summariseDestination,
  summariseProtection,
  summariseSource,
} from '../document/summarise-step.ts'
import type { PipelineCounts } from '../document/summarise-step.ts'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { summaryStrings } from '../../strings/editor-summary.ts'
import type { Flow, FlowEdge, FlowStep, SlotKind } from './flow.ts'

/** What the drawing of a pipeline depends on. */
export interface FlowFacts extends Surroundings {
  readonly problems: readonly EditorProblem[]
  /** Whether empty places are drawn: not where nothing can be added. */
  readonly slots: boolean
  /** What people call connectors and destination types. */
  readonly kindTitles?: ReadonlyMap<string, string> | undefined
}

/** A pipeline as cards and lines, with empty places where a source or a destination is missing. */
export function flowOfPipeline(content: EditorContent, facts: FlowFacts): Flow {
  const { document, layout } = content
  const graph = graphOf(document, layout)
  const counts = countPipeline(document, facts.catalogue)
  const drawn = graph.steps.map(({ id }) => id)
  const row: FlowStep[] = graph.steps.map(({ id }) =>
    withProblems(
      { id, kind: id, at: layout.positions[id], ...wordsOf(id, content, facts, counts) },
      facts,
      drawn,
    ),
  )
  if (facts.slots && !document.source && !drawn.includes('source')) row.unshift(slot('source'))
  if (facts.slots && !document.destination) row.push(slot('destination'))
  const objects = layout.objectCards ? objectCards(content, facts) : []
  return {
    steps: [...row.slice(0, 1), ...objects, ...row.slice(1), ...notesOf(content)],
    edges: edgesOf(row, objects, facts),
  }
}

interface Words {
  readonly name: string
  readonly summary: string
}

function wordsOf(
  id: 'source' | 'protection' | 'destination',
  content: EditorContent,
  { catalogue, connections, kindTitles }: FlowFacts,
  counts: PipelineCounts,
): Words {
  const { document, layout } = content
  const given = layout.names[id]
  switch (id) {
    case 'source': {
      const { connection, connector } = document.source ?? {}
      const name =
        nameOf(connection, connections) ?? catalogue?.title ?? kindTitles?.get(connector ?? '') ?? connector
      return {
        name: given ?? name ?? words.kinds.source,
        summary: summariseSource(document, counts, disabledObjects(content).length),
      }
    }
    case 'protection':
      return { name: given ?? words.protect, summary: summariseProtection(counts) }
    case 'destination': {
      const { connection, type } = document.destination ?? {}
      const title = kindTitles?.get(type ?? '')
      return {
        name: given ?? nameOf(connection, connections) ?? title ?? type ?? words.kinds.destination,
        summary: summariseDestination(document, title),
      }
    }
  }
}

/** What a saved connection is called: while connections are on their way, a placeholder, and not another name for a moment. */
function nameOf(connection: unknown, connections: FlowFacts['connections']): string | undefined {
  if (typeof connection !== 'string') return undefined
  return connections ? connections.find(({ id }) => id === connection)?.name : words.nameComing
}

function withProblems(
  step: Omit<FlowStep, 'errors' | 'warnings'> & { readonly id: StepId },
  { problems }: FlowFacts,
  drawn: readonly StepId[],
): FlowStep {
  const own = problemsOf(problems, step.id, drawn)
  if (own.length === 0) return { ...step, errors: 0, warnings: 0 }
  const errors = countErrors(own)
  const gravest = own.toSorted((a, b) => rankOf(a) - rankOf(b))
  const notices = gravest.map(({ message }) => message)
  const begun = isOnlyBegun(own) ? { begun: true as const } : {}
  return { ...step, errors, warnings: own.length - errors, notices, ...begun }
}

/** What is wrong before what is missing, and that before what is only worth knowing. */
function rankOf({ severity, missing }: EditorProblem): number {
  return severity === 'warning' ? 2 : missing ? 1 : 0
}

function slot(kind: Exclude<SlotKind, 'protection'>): FlowStep {
  return {
    id: `slot:${kind}`,
    kind: 'slot',
    slot: kind,
    name: words.slot[kind],
    summary: words.slotHint[kind],
    errors: 0,
    warnings: 0,
  }
}

/** A card for each object, those that are read out of it after it; those that are disabled keep theirs. */
function objectCards(content: EditorContent, facts: FlowFacts): readonly FlowStep[] {
  const { document, layout } = content
  const disabled = new Set(disabledObjects(content))
  const chosen = [...Object.keys(document.objects), ...disabled]
  const names = afterParents(inCatalogueOrder(facts.catalogue, chosen), facts.catalogue)
  return names.map((name): FlowStep => {
    const id = `object:${name}` as const
    const title = findObject(facts.catalogue, name)?.title ?? name
    const card = { id, kind: 'object', name: title, at: layout.positions[id] } as const
    if (disabled.has(name))
      return { ...card, summary: words.disabledObject, errors: 0, warnings: 0, disabled: true }
    return withProblems({ ...card, summary: summariseObject(name, document.objects[name], facts) }, facts, [])
  })
}

/** Each object's own right after it, else as they were. */
function afterParents(names: readonly string[], catalogue: Catalogue | undefined): readonly string[] {
  const parentOf = (name: string): string | undefined => {
    const parent = findObject(catalogue, name)?.parent
    return parent !== undefined && names.includes(parent) ? parent : undefined
  }
  const withOwn = (name: string): readonly string[] => [
    name,
    ...names.filter((other) => parentOf(other) === name).flatMap(withOwn),
  ]
  return names.filter((name) => parentOf(name) === undefined).flatMap(withOwn)
}

function summariseObject(name: string, choice: ObjectChoice | undefined, { catalogue }: FlowFacts): string {
  const known = findObject(catalogue, name)
  const hashed = Object.values(choice?.fields ?? {}).filter((protection) => protection === 'hash').length
  const open = openFields(known?.fields ?? [], choice?.fields ?? {}).length
  const parts = [
    known ? words.mode[known.mode] : undefined,
    hashed ? summaryStrings.hashed(hashed) : undefined,
  ]
  if (open > 0) parts.push(summaryStrings.open(open))
  return parts.filter(Boolean).join(' · ')
}

function notesOf({ layout }: EditorContent): readonly FlowStep[] {
  return Object.entries(layout.notes).map(([id, { text, x, y }]) => ({
    id: `note:${id}`,
    kind: 'note',
    name: text,
    summary: '',
    errors: 0,
    warnings: 0,
    at: { x, y },
  }))
}

/** With object cards, the source fans out to them and they come together again. A derived object follows its parent. */
function edgesOf(
  row: readonly FlowStep[],
  objects: readonly FlowStep[],
  { slots, catalogue }: FlowFacts,
): readonly FlowEdge[] {
  const hasProtection = row.some(({ id }) => id === 'protection')
  return row.flatMap((step, index): readonly FlowEdge[] => {
    const before = row[index - 1]
    if (!before) return []
    if (index === 1 && objects.length > 0) return fan(before.id, step.id, objects, catalogue)
    const insert =
      slots && !hasProtection && before.kind === 'source' ? { insert: 'protection' as const } : {}
    return [{ from: before.id, to: step.id, ...insert }]
  })
}

function fan(
  from: string,
  to: string,
  objects: readonly FlowStep[],
  catalogue: Catalogue | undefined,
): readonly FlowEdge[] {
  const ids = new Set(objects.map(({ id }) => id))
  const parentOf = (id: string): string => {
    const parent = `object:${findObject(catalogue, id.slice('object:'.length))?.parent ?? ''}`
    return ids.has(parent) ? parent : from
  }
  const edge = (ends: { readonly from: string; readonly to: string }, { disabled }: FlowStep): FlowEdge =>
    disabled ? { ...ends, idle: true } : ends
  return [
    ...objects.map((step) => edge({ from: parentOf(step.id), to: step.id }, step)),
    ...objects.map((step) => edge({ from: step.id, to }, step)),
  ]
}
