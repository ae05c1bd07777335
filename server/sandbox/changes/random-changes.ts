import { drawsFor, pick } from '../generate/draw.ts'
import type { Workspace } from '../workspace.ts'
import { applyChange } from './apply-change.ts'
import type { ChangeMade, RandomChanges } from './change.ts'
import { visibleKinds } from './change.ts'

/** Makes so many changes, deterministic by seed; a change that finds no record to change is left out. */
export function randomChanges(
  workspace: Workspace,
  { random, seed = 1, kinds = visibleKinds }: RandomChanges,
): ChangeMade[] {
  const draw = drawsFor(seed, 'random changes')
  const made: ChangeMade[] = []
  for (let at = 0; at < random; at++) {
    const kind = pick(kinds.length > 0 ? kinds : visibleKinds, draw(at, 1))
    try {
      made.push(applyChange(workspace, { kind, seed: draw(at, 2) }))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  return made
}
