import { Graph, layout } from '@dagrejs/dagre'
import type { CanvasPoint } from '../document/draft-document.ts'
import type { Flow, FlowStep } from './flow.ts'

/** Sizes of cards in canvas units. Fixed, so that a card can be placed before it is drawn. */
export const cardSize = {
  source: { width: 296, height: 88 },
  object: { width: 280, height: 60 },
  protection: { width: 296, height: 88 },
  destination: { width: 296, height: 88 },
  slot: { width: 296, height: 88 },
  note: { width: 200, height: 112 },
} as const satisfies Record<FlowStep['kind'], { width: number; height: number }>

let last: { readonly key: string; readonly points: ReadonlyMap<string, CanvasPoint> } | undefined

/**
 * Where each step stands: where a person put it, else left to right by dagre. The same steps and edges give the same places, so typing
 * in a panel never moves a card.
 */
export function layOutFlow(flow: Flow): ReadonlyMap<string, CanvasPoint> {
  const points = new Map(autoLayout(flow))
  for (const { id, at } of flow.steps) if (at) points.set(id, at)
  return points
}

function autoLayout(flow: Flow): ReadonlyMap<string, CanvasPoint> {
  const steps = flow.steps.filter(({ kind }) => kind !== 'note')
  const key = JSON.stringify([steps.map(({ id }) => id), flow.edges.map(({ from, to }) => [from, to])])
  if (last?.key === key) return last.points
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', ranksep: 88, nodesep: 20 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, kind } of steps) graph.setNode(id, { ...cardSize[kind] })
  for (const { from, to } of flow.edges) graph.setEdge(from, to)
  layout(graph)
  const points = new Map(
    steps.map(({ id, kind }): [string, CanvasPoint] => {
      const { x = 0, y = 0 } = graph.node(id)
      const { width, height } = cardSize[kind]
      return [id, { x: x - width / 2, y: y - height / 2 }]
    }),
  )
  last = { key, points: inOrder(points, steps) }
  return last.points
}

/** dagre orders cards of one depth to avoid crossings; where that is all the same, they stand in the flow's own order. */
function inOrder(
  points: ReadonlyMap<string, CanvasPoint>,
  steps: readonly FlowStep[],
): ReadonlyMap<string, CanvasPoint> {
  const columns = Map.groupBy(steps, ({ id, kind }) => `${kind} ${points.get(id)?.x}`)
  const ordered = new Map(points)
  for (const column of columns.values()) {
    const heights = column.map(({ id }) => points.get(id)?.y ?? 0).toSorted((a, b) => a - b)
    for (const [index, { id }] of column.entries())
      ordered.set(id, { x: points.get(id)?.x ?? 0, y: heights[index] ?? 0 })
  }
  return ordered
}
