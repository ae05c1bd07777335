import type { Workbench } from './workbench.ts'

/** Something that should hold, and whether it did. */
export interface Goal {
  readonly says: string
  readonly met: boolean
}

/** What a scenario found: a table for people, and its figures by name for programs. */
export interface Finding {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly goals: readonly Goal[]
  /** Medians. A name ends in its unit; without one it is a ratio or a count. */
  readonly figures: Readonly<Record<string, number>>
}

export interface ScenarioSize {
  readonly repeat: number
  readonly long: boolean
  /** A number of records, cut down where the bench is only tried out. */
  count(records: number): number
}

export interface Scenario {
  readonly name: string
  readonly title: string
  measure(workbench: Workbench, size: ScenarioSize): Promise<Finding>
}
