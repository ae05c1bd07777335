import { canvasStrings } from '../../strings/editor-canvas.ts'
import type { Catalogue, SavedConnection } from '../document/catalogue.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import { emptyLayout } from '../document/draft-document.ts'
import { isMoving } from './flow.ts'
import type { Flow, FlowEdge, FlowStep, LiveState } from './flow.ts'
import { flowOfPipeline } from './flow-of-pipeline.ts'

/** What is happening in a run: at each object, and as a `whole` at source and destination. */
export interface LiveStates {
  readonly objects: Readonly<Record<string, LiveState>>
  readonly whole: LiveState
  /** The objects that the run was asked for; null: all of them. */
  readonly only: readonly string[] | null
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

/** The picture of a run: `runFlow` with the state of each card. What the run leaves out has none, and nothing goes along its lines. */
export function liveFlow(flow: Flow, run: LiveStates): Flow {
  const steps = flow.steps.map((step): FlowStep => {
    const live = stateOf(step, run)
    return live ? { ...step, live } : { ...step, summary: canvasStrings.notRead }
  })
  const states = new Map(steps.map(({ id, live }) => [id, live]))
  const edges = flow.edges.map((edge): FlowEdge => {
    const state = states.get(edge.to.startsWith(ofObject) ? edge.to : edge.from)
    const idle = [edge.from, edge.to].some((id) => states.get(id) === undefined)
    return { ...edge, moving: state !== undefined && isMoving(state), ...(idle ? { idle } : {}) }
  })
  return { steps, edges }
}

const ofObject = 'object:'

/** Undefined for an object that the run was not asked for, or ended without. */
function stateOf({ id, kind }: FlowStep, { objects, whole, only }: LiveStates): LiveState | undefined {
  if (kind !== 'object') return whole
  const name = id.slice(ofObject.length)
  const waits = (whole === 'queued' || whole === 'extracting') && (only === null || only.includes(name))
  return objects[name] ?? (waits ? 'queued' : undefined)
}
