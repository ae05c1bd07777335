import type { Catalogue, SavedConnection } from '../document/catalogue.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import { emptyLayout } from '../document/draft-document.ts'
import { isMoving } from './flow.ts'
import type { Flow, FlowStep, LiveState } from './flow.ts'
import { flowOfPipeline } from './flow-of-pipeline.ts'

/** What is happening in a run: at each object, and as a `whole` at source and destination. */
export interface LiveStates {
  readonly objects: Readonly<Record<string, LiveState>>
  readonly whole: LiveState
}

/** What is known beside the document; absent while it is on its way. */
interface KnownFacts {
  readonly catalogue?: Catalogue | undefined
  readonly connections?: readonly SavedConnection[] | undefined
}

/** The picture of a pipeline that runs: one card for each object between source and destination, none with a state yet. */
export function runFlow(document: DraftDocument, { catalogue, connections }: KnownFacts): Flow {
  return flowOfPipeline(
    { document, layout: { ...emptyLayout, objectCards: true } },
    {
      problems: [],
      slots: false,
      ...(catalogue ? { catalogue } : {}),
      ...(connections ? { connections } : {}),
    },
  )
}

/** The picture of a run: `runFlow` with the state of each card. */
export function liveFlow(flow: Flow, { objects, whole }: LiveStates): Flow {
  const liveOf = ({ id, kind }: FlowStep): LiveState =>
    kind === 'object' ? (objects[id.slice('object:'.length)] ?? 'queued') : whole
  const steps = flow.steps.map((step): FlowStep => ({ ...step, live: liveOf(step) }))
  const states = new Map(steps.map(({ id, live }) => [id, live]))
  const edges = flow.edges.map((edge) => {
    const state = states.get(edge.to.startsWith('object:') ? edge.to : edge.from)
    return { ...edge, moving: state !== undefined && isMoving(state) }
  })
  return { steps, edges }
}
