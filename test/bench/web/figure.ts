/** One figure beside its goal. */
export interface Figure {
  readonly what: string
  /** As a clock on the wall says it, in the figure's unit: on a busy machine it says little. */
  readonly value: number
  readonly unit: 'ms' | 'fps' | '%' | '/s' | 'rows'
  /** The same, of the page's main thread alone: milliseconds it worked. Undefined where that says nothing. */
  readonly thread?: number
  readonly goal: number
  /** Whether more is better; else the goal is the most. */
  readonly more?: boolean
}

/** Whether a goal was met: by the main thread's own time where there is one, for others may be using the machine. */
export function isMet({ value, thread, goal, more = false }: Figure): boolean {
  if (more) return value >= goal
  return Math.min(value, thread ?? value) <= goal
}

/** The value that so many of a hundred do not exceed. NaN of nothing. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((part / 100) * sorted.length) - 1)] ?? Number.NaN
}
