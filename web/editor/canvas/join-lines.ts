import type { CanvasPoint } from '../document/draft-document.ts'
import type { Flow, FlowStep } from './flow.ts'
import { cardSize, columnGap } from './lay-out-flow.ts'

/** How far a line's handle stands out of its card, in canvas units, as all here. */
const handleReach = 3
/** Of a corner. */
export const bendRadius = 12

/** A line that leaves the drawing of its trunk to its neighbour: it begins or ends on the trunk, at `y`. */
export interface Joint {
  readonly end: 'source' | 'target'
  readonly y: number
  /** How far up or down it goes from there: to its card's middle. */
  readonly awayY: number
}

/** From one card to another: to the right as far as `turnX`, up or down, and on. */
interface Line {
  readonly id: string
  readonly sourceY: number
  readonly targetY: number
  /** The card where it could share its trunk with others, and how all of them look. */
  readonly trunks: Readonly<Record<Joint['end'], string>>
}

/** What a line is called, here and for React Flow. */
export function lineId({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from}→${to}`
}

/** Where a line goes up or down: right before the card that it leads to, where no other stands; between neighbouring columns in the middle. */
export function turnOf(sourceX: number, targetX: number): number {
  const isFar = targetX - sourceX > columnGap * 0.75
  return isFar ? targetX - columnGap / 2 : (sourceX + targetX) / 2
}

/**
 * Lines that leave one card, or come to one, run along one trunk. Drawn by each of them from end to end, three hundred lines are a hundred times the
 * length that one sees, and took half of the time of a frame. So each draws only as far as its neighbour's corner, and the nearest one the rest: the same
 * picture. A line with a + on it, one that goes straight and one that leads backwards are not in the map; they are drawn whole.
 */
export function joinLines(flow: Flow, points: ReadonlyMap<string, CanvasPoint>): ReadonlyMap<string, Joint> {
  const lines = linesOf(flow, points)
  const sizes = new Map<string, number>()
  for (const { trunks } of lines)
    for (const trunk of [trunks.source, trunks.target]) sizes.set(trunk, (sizes.get(trunk) ?? 0) + 1)
  const end = ({ trunks }: Line): Joint['end'] =>
    (sizes.get(trunks.source) ?? 0) >= (sizes.get(trunks.target) ?? 0) ? 'source' : 'target'
  const joints = new Map<string, Joint>()
  for (const along of Map.groupBy(lines, (line) => line.trunks[end(line)]).values()) {
    const [first] = along
    if (first !== undefined) joinTrunk(along, end(first), joints)
  }
  return joints
}

/** Where a line begins and ends. */
export interface LineEnds {
  readonly sourceX: number
  readonly sourceY: number
  readonly targetX: number
  readonly targetY: number
}

/** What a line with a joint draws, as a path of SVG: from the trunk around its own corner to its card, or from its card to the trunk. */
export function pathToTrunk({ end, y }: Joint, { sourceX, sourceY, targetX, targetY }: LineEnds): string {
  const turn = turnOf(sourceX, targetX)
  const corner = end === 'source' ? targetY : sourceY
  const bend = Math.min(bendRadius, Math.abs(corner - y))
  const before = corner + Math.sign(y - corner) * bend
  return end === 'source'
    ? `M${turn} ${y}V${before}Q${turn} ${corner} ${turn + bend} ${corner}H${targetX}`
    : `M${sourceX} ${corner}H${turn - bend}Q${turn} ${corner} ${turn} ${before}V${y}`
}

/** Along one trunk, from the card outwards: the first line is whole, each other one begins where the bend of the one before does. */
function joinTrunk(lines: readonly Line[], end: Joint['end'], joints: Map<string, Joint>): void {
  const outwards = lines.toSorted((one, other) => reach(one) - reach(other))
  let drawn = 0
  for (const [index, line] of outwards.entries()) {
    const [hub, away] = end === 'source' ? [line.sourceY, line.targetY] : [line.targetY, line.sourceY]
    if (index > 0) joints.set(line.id, { end, y: hub + Math.sign(away - hub) * drawn, awayY: away })
    drawn = reach(line) - Math.min(bendRadius, index === 0 ? reach(line) / 2 : reach(line) - drawn)
  }
}

/** How far a line goes up or down. */
function reach({ sourceY, targetY }: Line): number {
  return Math.abs(targetY - sourceY)
}

/** The lines that may share a trunk. */
function linesOf(flow: Flow, points: ReadonlyMap<string, CanvasPoint>): Line[] {
  const steps = new Map(flow.steps.map((step) => [step.id, step]))
  return flow.edges.flatMap((edge) => {
    const [source, target] = [cardAt(steps.get(edge.from), points), cardAt(steps.get(edge.to), points)]
    if (source === undefined || target === undefined || edge.insert !== undefined) return []
    const [sourceX, targetX] = [source.right + handleReach, target.left - handleReach]
    const [sourceY, targetY] = [source.middle, target.middle]
    const turnX = turnOf(sourceX, targetX)
    const isBent = Math.min(turnX - sourceX, targetX - turnX) > bendRadius && Math.abs(targetY - sourceY) > 1
    if (!isBent) return []
    const look = [turnX, targetY < sourceY, edge.moving, edge.idle].join(' ')
    const trunks = { source: `from ${edge.from} ${look}`, target: `to ${edge.to} ${look}` }
    return [{ id: lineId(edge), sourceY, targetY, trunks }]
  })
}

function cardAt(
  step: FlowStep | undefined,
  points: ReadonlyMap<string, CanvasPoint>,
): { readonly left: number; readonly right: number; readonly middle: number } | undefined {
  const point = step && points.get(step.id)
  if (step === undefined || point === undefined) return undefined
  const { width, height } = cardSize[step.kind]
  return { left: point.x, right: point.x + width, middle: point.y + height / 2 }
}
