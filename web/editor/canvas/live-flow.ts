import type { Catalogue, SavedConnection } from '../document/catalogue.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import { emptyLayout } from '../document/draft-document.ts'
import { isMoving } from './flow.ts'
import type { Flow, FlowStep, LiveState } from './flow.ts'
import { flowOfPipeline } from './flow-of-pipeline.ts'

/** What a run is doing with one object. */
export interface LiveObject {
  readonly state: LiveState
  /** What a person reads below the name: "1,204 extracted · 1,100 loaded". */
  readonly word: string
}

/** What the picture of a run is made of. `whole` is the state of source and destination. */
export interface LiveFacts {
  readonly catalogue?: Catalogue | undefined
  readonly connections?: readonly SavedConnection[] | undefined
  readonly objects: Readonly<Record<string, LiveObject>>
  readonly whole: LiveObject
}

/** The picture of a run: one card for each object between source and destination, each with its state. */
export function liveFlow(document: DraftDocument, facts: LiveFacts): Flow {
  const content = { document, layout: { ...emptyLayout, objectCards: true } }
  const { catalogue, connections } = facts
  const flow = flowOfPipeline(content, {
    problems: [],
    slots: false,
    ...(catalogue ? { catalogue } : {}),
    ...(connections ? { connections } : {}),
  })
  const steps = flow.steps.map((step): FlowStep => ({ ...step, live: liveOf(step, facts) }))
  const states = new Map(steps.map(({ id, live }) => [id, live?.state]))
  const edges = flow.edges.map((edge) => {
    const state = states.get(edge.to.startsWith('object:') ? edge.to : edge.from)
    return { ...edge, moving: state !== undefined && isMoving(state) }
  })
  return { steps, edges }
}

function liveOf({ id, kind }: FlowStep, { objects, whole }: LiveFacts): LiveObject {
  if (kind !== 'object') return whole
  return objects[id.slice('object:'.length)] ?? { state: 'queued', word: '' }
}
