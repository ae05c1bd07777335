import type { Behaviour } from './behaviour-switches.ts'
import { defaultBehaviour, mergeBehaviour } from './behaviour-switches.ts'
import type { Change, ChangeMade, RandomChanges } from './changes/change.ts'
import { applyChange } from './changes/apply-change.ts'
import { randomChanges } from './changes/random-changes.ts'
import { SandboxClock } from './clock.ts'
import type { WorkspaceData } from './generate/workspace-data.ts'
import { makeWorkspaceData } from './generate/workspace-data.ts'
import type { SandboxOptions } from './sandbox-options.ts'
import { defaultSizes } from './sandbox-sizes.ts'

/** An Intercom workspace that never was: its data, its clock, and how its API behaves. */
export class Workspace {
  readonly options: SandboxOptions
  readonly clock: SandboxClock
  readonly behaviour: Behaviour
  readonly timezone: string
  readonly region: string
  readonly data: WorkspaceData

  constructor(options: SandboxOptions = {}) {
    this.options = options
    this.clock = new SandboxClock(options.now, options.clock)
    this.behaviour = defaultBehaviour()
    mergeBehaviour(this.behaviour, options.behaviour ?? {})
    this.timezone = options.timezone ?? 'America/Los_Angeles'
    this.region = options.region ?? 'US'
    this.data = makeWorkspaceData(
      options.seed ?? 1,
      { ...defaultSizes, ...options.sizes },
      this.clock.seconds,
      this.behaviour,
    )
  }

  /** The workspace's now, in Unix seconds. */
  get now(): number {
    return this.clock.seconds
  }

  /** Makes one change, or several drawn by chance, and says what was done. Throws a RangeError for what cannot be. */
  change(change: Change | RandomChanges): ChangeMade[] {
    if (!('random' in change)) return [applyChange(this, change)]
    return randomChanges(this, change)
  }
}
