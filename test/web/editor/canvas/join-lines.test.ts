import type { CanvasPoint } from '@penstock/web/editor/document/draft-document.ts'
import type { Flow, FlowStep } from '@penstock/web/editor/canvas/flow.ts'
import { joinLines, lineId, pathToTrunk, turnOf } from '@penstock/web/editor/canvas/join-lines.ts'
import type { LineEnds } from '@penstock/web/editor/canvas/join-lines.ts'
import { cardSize, layOutFlow } from '@penstock/web/editor/canvas/lay-out-flow.ts'
import { bottomInSight, linesInSight, topInSight } from '@penstock/web/editor/canvas/lines-in-sight.ts'
import { toEdges } from '@penstock/web/editor/canvas/to-nodes.ts'
import { expect, test } from 'vitest'
import { seededRandom } from '../../../fakes/seeded-random.ts'

const seed = Date.now() % 1_000_000
/** In canvas units: of lines that are shorter than a corner is wide, corners differ by so much. */
const tolerance = 8

test(`lines that share a trunk draw it once, and the picture is the same (seed ${seed})`, () => {
  const random = seededRandom(seed)
  for (let round = 0; round < 3; round += 1) {
    const flow = fanOf(2 + random.below(30))
    const points = new Map(layOutFlow(flow))
    for (const [id, point] of points)
      if (random.next() < 0.3) points.set(id, { ...point, y: random.next() * 4_000 })
    const joints = joinLines(flow, points)
    const whole: Dot[][] = []
    const drawn: Dot[][] = []
    for (const edge of flow.edges) {
      const ends = endsOf(edge, points)
      const joint = joints.get(lineId(edge))
      const dots = dotsOf(wholePath(ends))
      whole.push(dots)
      drawn.push(joint ? dotsOf(pathToTrunk(joint, ends)) : dots)
    }
    expect(farthest(whole.flat(), drawn.flat())).toBeLessThanOrEqual(tolerance)
    expect(farthest(drawn.flat(), whole.flat())).toBeLessThanOrEqual(tolerance)
  }
})

test('three hundred lines are drawn in little more than the length that one sees', () => {
  const flow = fanOf(300)
  const points = layOutFlow(flow)
  const joints = joinLines(flow, points)
  const lengths = flow.edges.map((edge) => {
    const ends = endsOf(edge, points)
    const joint = joints.get(lineId(edge))
    return dotsOf(joint ? pathToTrunk(joint, ends) : wholePath(ends)).length
  })
  const seen = 2 * 300 * 80
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(4 * seen)
})

test('of three hundred lines those are drawn that can be seen, and no other that has a neighbour to draw its trunk', () => {
  const flow = fanOf(300)
  const points = layOutFlow(flow)
  const joints = joinLines(flow, points)
  const lines = toEdges(flow, joints, undefined, () => undefined)
  // A window of 900 pixels that shows a unit in half a pixel, 6,000 units below the first card.
  const seen = { transform: [0, -3_000, 0.5], height: 900 } satisfies Parameters<typeof topInSight>[0]
  const kept = new Set(linesInSight(lines, topInSight(seen), bottomInSight(seen)).map(({ id }) => id))
  const visible = flow.edges.filter((edge) => {
    const joint = joints.get(lineId(edge))
    const ends = endsOf(edge, points)
    const dots = dotsOf(joint ? pathToTrunk(joint, ends) : wholePath(ends))
    return dots.some(([, y]) => y >= 6_000 && y <= 7_800)
  })
  expect(visible.length).toBeGreaterThan(10)
  expect(visible.map(lineId).filter((id) => !kept.has(id))).toEqual([])
  expect(kept.size).toBeLessThan(lines.length / 3)
  const unmeasured = { ...seen, height: 0 }
  expect(linesInSight(lines, topInSight(unmeasured), bottomInSight(unmeasured))).toHaveLength(lines.length)
})

type Dot = readonly [x: number, y: number]

/** A source, objects and a destination. */
function fanOf(objects: number): Flow {
  const step = (id: string, kind: FlowStep['kind']): FlowStep => ({
    id,
    kind,
    name: id,
    summary: '',
    errors: 0,
    warnings: 0,
  })
  const names = Array.from({ length: objects }, (_, index) => `object:${index}`)
  return {
    steps: [
      step('source', 'source'),
      ...names.map((name) => step(name, 'object')),
      step('destination', 'destination'),
    ],
    edges: names.flatMap((name) => [
      { from: 'source', to: name },
      { from: name, to: 'destination' },
    ]),
  }
}

/** As React Flow gives them: handles stand out by three units. */
function endsOf({ from, to }: Flow['edges'][number], points: ReadonlyMap<string, CanvasPoint>): LineEnds {
  const size = (id: string) => cardSize[id.startsWith('object:') ? 'object' : 'source']
  const [source, target] = [points.get(from)!, points.get(to)!]
  return {
    sourceX: source.x + size(from).width + 3,
    sourceY: source.y + size(from).height / 2,
    targetX: target.x - 3,
    targetY: target.y + size(to).height / 2,
  }
}

/** A line with both of its corners, as it is drawn where it shares nothing. */
function wholePath({ sourceX, sourceY, targetX, targetY }: LineEnds): string {
  const turn = turnOf(sourceX, targetX)
  const bend = Math.min(12, Math.abs(targetY - sourceY) / 2)
  const [before, after] = [sourceY, targetY].map(
    (y, end) => y + (end === 0 ? 1 : -1) * Math.sign(targetY - sourceY) * bend,
  )
  return `M${sourceX} ${sourceY}H${turn - bend}Q${turn} ${sourceY} ${turn} ${before}V${after}Q${turn} ${targetY} ${turn + bend} ${targetY}H${targetX}`
}

/** A dot each unit along a path of M, L, H, V and Q. */
function dotsOf(path: string): Dot[] {
  const dots: Dot[] = []
  let at: Dot = [0, 0]
  for (const [, letter, rest = ''] of path.matchAll(/([MLHVQ])([^MLHVQ]*)/g)) {
    const values = rest
      .trim()
      .split(/[\s,]+/)
      .map(Number)
    const [x = 0, y = 0] =
      letter === 'H' ? [values[0], at[1]] : letter === 'V' ? [at[0], values[0]] : values.slice(-2)
    if (letter !== 'M') dots.push(...between(at, [x, y]))
    at = [x, y]
  }
  return dots
}

function between([x1, y1]: Dot, [x2, y2]: Dot): Dot[] {
  const steps = Math.ceil(Math.hypot(x2 - x1, y2 - y1))
  return Array.from({ length: steps + 1 }, (_, index) => {
    const share = steps === 0 ? 0 : index / steps
    return [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share]
  })
}

/** How far the dot of `some` is from `others` that is farthest from them; more than 20 units are told as Infinity. */
function farthest(some: readonly Dot[], others: readonly Dot[]): number {
  const near = Map.groupBy(eachOnce(others), ([x, y]) => `${Math.floor(x / 20)} ${Math.floor(y / 20)}`)
  const around = ([x, y]: Dot): Dot[] =>
    [-1, 0, 1].flatMap((column) =>
      [-1, 0, 1].flatMap(
        (row) => near.get(`${Math.floor(x / 20) + column} ${Math.floor(y / 20) + row}`) ?? [],
      ),
    )
  const distance = (dot: Dot): number =>
    around(dot).reduce((least, [x, y]) => Math.min(least, Math.hypot(x - dot[0], y - dot[1])), Infinity)
  return eachOnce(some).reduce((most, dot) => Math.max(most, distance(dot)), 0)
}

function eachOnce(dots: readonly Dot[]): Dot[] {
  const rounded = dots.map(([x, y]): Dot => [Math.round(x), Math.round(y)])
  return [...new Map(rounded.map((dot) => [dot.join(' '), dot])).values()]
}
