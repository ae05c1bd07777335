import type { ReactFlowState } from 'reactflow'
import type { FlowLine } from './flow-edge.tsx'

/** In canvas units. What is in sight is looked at anew each time that so much of it came or went, not in every frame of a pan. */
const step = 1_000

type Seen = Pick<ReactFlowState, 'transform' | 'height'>

/** Where the canvas that is in sight begins, or a little above; before its height is known everything is. */
export function topInSight({ transform: [, y, zoom], height }: Seen): number {
  return height === 0 ? -Infinity : (Math.floor(-y / zoom / step) - 1) * step
}

/** Where it ends, or a little below. */
export function bottomInSight({ transform: [, y, zoom], height }: Seen): number {
  return height === 0 ? Infinity : (Math.ceil((height - y) / zoom / step) + 1) * step
}

/**
 * The lines that can be seen between two heights. Three hundred lines, most of them far away, took a third of what a frame of a pan costs.
 * Those that are drawn from end to end stay.
 */
export function linesInSight(lines: readonly FlowLine[], top: number, bottom: number): FlowLine[] {
  return lines.filter(({ data }) => {
    const joint = data?.joint
    return !joint || (Math.max(joint.y, joint.awayY) >= top && Math.min(joint.y, joint.awayY) <= bottom)
  })
}
