import type { OpenWindow } from '@penstock/schemas/generated/checkpoint.ts'
import type { CheckpointRule, ListRead } from '@penstock/schemas/generated/manifest.ts'
import { granularityOf, slack } from './granularity.ts'
import type { Wanted } from './plan-windows.ts'
import type { PageContext } from './process-page.ts'
import type { ReadProgress } from './read-progress.ts'
import { mentions } from './render-template.ts'

interface Reading {
  readonly list: ListRead
  readonly rule: CheckpointRule
  readonly progress: ReadProgress
}

/**
 * A record that changes moves within its list, perhaps from a page that was not read yet to one that was. So where a list takes more
 * than one page, a window is opened that is read after all others, for what changed since the read began.
 */
export class LookAgain {
  readonly #reading: Reading
  /** The newest window has no upper bound, so that what moves there belongs to this read. */
  readonly #moving: boolean
  readonly #partitions = new Set<number | undefined>()

  constructor(reading: Reading) {
    this.#reading = reading
    const { list, rule, progress } = reading
    const filtered = rule.filter === 'server' && mentions(list.request, 'window.after')
    const open = progress.windows.some(([, { before }]) => before === undefined)
    this.#moving = filtered && open && rule.appendOnly !== true
    for (const [, { again, partition }] of progress.windows)
      if (again === true) this.#partitions.add(partition)
  }

  /** More than one page is needed. To be called before the window is done, so that nothing is claimed too early. */
  note({ partition, only }: OpenWindow): void {
    if (!this.#moving || only === true || this.#partitions.has(partition)) return
    this.#partitions.add(partition)
    const { rule, progress } = this.#reading
    const after = Math.max(0, progress.through - slack[granularityOf(rule)])
    progress.add({ ...(partition === undefined ? {} : { partition }), after, again: true })
  }

  /** The windows that are not done, by number: those that are read for what moves, suspects, or all others. */
  numbers(which: 'first' | 'suspect' | 'again'): number[] {
    return this.#reading.progress.windows.flatMap(([number, { again, suspect }]) =>
      which === (again === true ? 'again' : suspect === true ? 'suspect' : 'first') ? [number] : [],
    )
  }
}

/**
 * Which records of a window are wanted, as `processPage` takes it:
 * - of an ordinary window, those that changed since `from`; of a suspect, those that the read wanted in which it failed;
 * - of one for the second look (`again`), those that may have changed since the read began, and that this run has not met in this version;
 * - of one that also lists records that vanished before, these as well, whenever they changed; with `only`, nothing but these.
 */
export function wantedOf(
  { again, after, vanished, only, suspect }: OpenWindow,
  plan: Wanted & { readonly ofSuspects: Wanted },
  { through }: ReadProgress,
): Pick<PageContext, 'again' | 'from' | 'fromClaim' | 'vanished' | 'only'> {
  const { from, fromClaim } = suspect === true ? plan.ofSuspects : plan
  if (again === true) return { again, from: Math.max(from ?? through, through), fromClaim: true }
  if (vanished === undefined) return { from, fromClaim }
  return { from, fromClaim, vanished: new Set(vanished), ...(only === true ? { only, from: after } : {}) }
}
