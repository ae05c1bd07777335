import type { CanvasPoint } from '../document/draft-document.ts'

/** Where something can be added: a place that is still empty, or the edge that protection goes on. */
export type SlotKind = 'source' | 'protection' | 'destination'

/** What a run is doing at a step, in the words of the run view. */
export type LiveState =
  | 'queued'
  | 'extracting'
  | 'loading'
  | 'done'
  | 'warning'
  | 'failed'
  | 'skipped'
  | 'cancelled'

/** Whether something is being done to a step at this moment, so that its mark turns. */
export function isMoving(state: LiveState): boolean {
  return state === 'extracting' || state === 'loading'
}

/** A card, as the canvas and the outline show it. The same for a pipeline that is drawn and one that runs. */
export interface FlowStep {
  /** A step id, or `slot:` and the kind of an empty place. */
  readonly id: string
  readonly kind: 'source' | 'object' | 'protection' | 'destination' | 'note' | 'slot'
  readonly name: string
  /** One line: "6 objects · 41 fields · 9 hashed · every 15 min". */
  readonly summary: string
  readonly errors: number
  readonly warnings: number
  /** What is wrong, or missing, or worth knowing: a sentence each, the gravest first. Absent: nothing. */
  readonly notices?: readonly string[]
  /** Nothing is wrong here: something is still to be chosen. */
  readonly begun?: true
  /** Where a person put it; absent: laid out by itself. */
  readonly at?: CanvasPoint | undefined
  /** Put aside: it is read no more until it is enabled again. */
  readonly disabled?: true
  /** Of an empty place: what belongs there. */
  readonly slot?: SlotKind
  /** In a run: what is happening there. `LiveWords` has a word for it. */
  readonly live?: LiveState
}

/** A line between two steps. With `insert`, something can be put there. */
export interface FlowEdge {
  readonly from: string
  readonly to: string
  readonly insert?: SlotKind
  /** Nothing goes along it: one of its ends is disabled. */
  readonly idle?: true
  /** Data is moving along it now. */
  readonly moving?: boolean
}

/** All that is drawn. Steps stand in reading order: along the flow, then notes. */
export interface Flow {
  readonly steps: readonly FlowStep[]
  readonly edges: readonly FlowEdge[]
}

/** The step that an arrow key leads to; undefined: there is none that way. */
export type Direction = 'next' | 'previous' | 'down' | 'up' | 'first' | 'last'

/**
 * Moves through a flow: next and previous along its edges, down and up between branches that stand at the same depth, then to the
 * notes and back.
 */
export function neighbourOf(flow: Flow, id: string, direction: Direction): string | undefined {
  const steps = flow.steps.filter(({ kind }) => kind !== 'note')
  const notes = flow.steps.filter(({ kind }) => kind === 'note')
  switch (direction) {
    case 'first':
      return flow.steps[0]?.id
    case 'last':
      return (steps.at(-1) ?? notes.at(-1))?.id
    case 'next':
      return isNote(notes, id) ? beside(notes, id, 1) : flow.edges.find(({ from }) => from === id)?.to
    case 'previous':
      return isNote(notes, id) ? beside(notes, id, -1) : flow.edges.find(({ to }) => to === id)?.from
    case 'down':
      return isNote(notes, id) ? undefined : (beside(branchesOf(flow, id), id, 1) ?? notes[0]?.id)
    case 'up':
      return isNote(notes, id) ? steps[0]?.id : beside(branchesOf(flow, id), id, -1)
  }
}

/** Every step that lies upstream or downstream of one, itself included. */
export function streamOf(flow: Flow, id: string, side: 'upstream' | 'downstream'): ReadonlySet<string> {
  const found = new Set([id])
  for (const step of found)
    for (const { from, to } of flow.edges) {
      if (side === 'downstream' && from === step) found.add(to)
      if (side === 'upstream' && to === step) found.add(from)
    }
  return found
}

/** How many edges lie between each step and the first. */
export function depthsOf({ steps, edges }: Flow): ReadonlyMap<string, number> {
  const depths = new Map<string, number>(steps.map(({ id }) => [id, 0]))
  for (const { id } of steps)
    for (const { from, to } of edges)
      if (from === id) depths.set(to, Math.max(depths.get(to) ?? 0, (depths.get(id) ?? 0) + 1))
  return depths
}

function branchesOf(flow: Flow, id: string): readonly FlowStep[] {
  const depths = depthsOf(flow)
  return flow.steps.filter((step) => step.kind !== 'note' && depths.get(step.id) === depths.get(id))
}

function isNote(notes: readonly FlowStep[], id: string): boolean {
  return notes.some((note) => note.id === id)
}

function beside(steps: readonly FlowStep[], id: string, by: 1 | -1): string | undefined {
  const index = steps.findIndex((step) => step.id === id)
  return index < 0 ? undefined : steps[index + by]?.id
}
