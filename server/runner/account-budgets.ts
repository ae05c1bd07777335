import { createHash } from 'node:crypto'
import type { FindBudget, SharedBudget } from '../engine/shared-budget.ts'
import { errorFields } from '../log.ts'
import type { Services } from '../services.ts'
import { exchangeBudgets, leaveBudgets } from '../store/budget-rows.ts'
import type { BudgetUse } from '../store/budget-rows.ts'

/** How often processes tell each other what they use. */
const exchangeMs = 200
/** A budget that nothing was reported of for so long is not in use here. */
const idleMs = 3000

interface Known {
  use: BudgetUse
  reportedAt: number
  others: readonly BudgetUse[]
}

/**
 * The API budgets that this process uses, for runs, previews and tests of connections, shared with all others through the database: one for each
 * account of a connector.
 */
export class AccountBudgets {
  readonly #services: Pick<Services, 'database' | 'log'>
  readonly #holder: string
  readonly #known = new Map<string, Known>()
  readonly #timer: NodeJS.Timeout
  #exchanging: Promise<void> | undefined

  /** `holder`: names the process among all of them. */
  constructor(services: Pick<Services, 'database' | 'log'>, holder: string) {
    this.#services = services
    this.#holder = holder
    this.#timer = setInterval(() => {
      this.#exchanging ??= this.#exchange().finally(() => (this.#exchanging = undefined))
    }, exchangeMs)
    this.#timer.unref()
  }

  /** The budgets of a connector, by account. One that the API did not want to name shares with nobody. */
  find(connector: string): FindBudget {
    return ({ source }) => (source === '' ? undefined : this.#budgetOf(digest(`${connector} ${source}`)))
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#exchanging
    await this.#leave([...this.#known.keys()])
  }

  #budgetOf(key: string): SharedBudget {
    this.#hear(key, { budget: key, inFlight: 0, remaining: null, resetsAt: null })
    return {
      key,
      othersInFlight: () => this.#others(key).reduce((sum, { inFlight }) => sum + inFlight, 0),
      report: (inFlight, remaining, resetMs) =>
        this.#hear(key, {
          budget: key,
          inFlight,
          remaining: remaining ?? null,
          resetsAt: resetMs === undefined ? null : new Date(resetMs),
        }),
      othersHeard: () => newestWindow(this.#others(key)),
    }
  }

  #hear(key: string, use: BudgetUse): void {
    this.#known.set(key, { use, reportedAt: Date.now(), others: this.#others(key) })
  }

  #others(key: string): readonly BudgetUse[] {
    return this.#known.get(key)?.others ?? []
  }

  async #exchange(): Promise<void> {
    const entries = [...this.#known]
    const idle = entries.filter(([, { use, reportedAt }]) => use.inFlight === 0 && isIdle(reportedAt))
    const used = entries.filter((entry) => !idle.includes(entry))
    try {
      await this.#leave(idle.map(([key]) => key))
      if (used.length === 0) return
      const uses = used.map(([, { use }]) => use)
      const others = await this.#services.database.asSystem((tx) => exchangeBudgets(tx, this.#holder, uses))
      for (const [key] of used) {
        const known = this.#known.get(key)
        if (known) known.others = others.filter(({ budget }) => budget === key)
      }
    } catch (error) {
      this.#services.log.warn('budget.not_shared', errorFields(error))
    }
  }

  async #leave(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return
    for (const key of keys) this.#known.delete(key)
    await this.#services.database
      .asSystem((tx) => leaveBudgets(tx, this.#holder, keys))
      .catch(() => undefined)
  }
}

function isIdle(reportedAt: number): boolean {
  return Date.now() - reportedAt > idleMs
}

/** The least that is left of the newest window that anyone knows of. */
function newestWindow(
  uses: readonly BudgetUse[],
): { readonly remaining: number; readonly resetMs: number } | undefined {
  let newest: { remaining: number; resetMs: number } | undefined
  for (const { remaining, resetsAt } of uses) {
    if (remaining === null || resetsAt === null) continue
    const resetMs = resetsAt.getTime()
    if (!newest || resetMs > newest.resetMs) newest = { remaining, resetMs }
    else if (resetMs === newest.resetMs) newest.remaining = Math.min(newest.remaining, remaining)
  }
  return newest
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
