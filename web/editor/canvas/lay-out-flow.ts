import type { CanvasPoint } from '../document/draft-document.ts'
import { depthsOf } from './flow.ts'
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

/** Between two columns of cards: where lines go up and down. In canvas units, as all here. */
export const columnGap = 88
const rowGap = 20

/**
 * Where each step stands: where a person put it, else in a column for each step along the flow. Every object has a row of its own, those that
 * are read out of it in the rows below, so that each line goes straight along its row to where all meet, and none behind a card. The same
 * steps and edges give the same places, so typing in a panel never moves a card.
 */
export function layOutFlow(flow: Flow): ReadonlyMap<string, CanvasPoint> {
  const steps = flow.steps.filter(({ kind }) => kind !== 'note')
  const columns = columnsOf(flow, steps)
  const rows = steps.filter(({ kind }) => kind === 'object')
  const pitch = cardSize.object.height + rowGap
  const tall = Math.max(rows.length * pitch - rowGap, cardSize.source.height)
  const points = new Map<string, CanvasPoint>()
  for (const step of steps) {
    const row = rows.indexOf(step)
    const y = row < 0 ? (tall - cardSize[step.kind].height) / 2 : row * pitch
    points.set(step.id, { x: columns.get(step.id) ?? 0, y })
  }
  for (const { id, at } of flow.steps) if (at) points.set(id, at)
  return points
}

/** The left edge of each step's column. */
function columnsOf(flow: Flow, steps: readonly FlowStep[]): ReadonlyMap<string, number> {
  const depths = depthsOf(flow)
  const widths: number[] = []
  for (const { id, kind } of steps) {
    const depth = depths.get(id) ?? 0
    widths[depth] = Math.max(widths[depth] ?? 0, cardSize[kind].width)
  }
  const lefts = widths.map((_, depth) =>
    widths.slice(0, depth).reduce((left, width) => left + width + columnGap, 0),
  )
  return new Map(steps.map(({ id }) => [id, lefts[depths.get(id) ?? 0] ?? 0]))
}
