import type { RateGate } from './rate-gate.ts'

/** One API budget that several runs share. The engine calls all of this for every request, so it must be cheap and never throw. */
export interface SharedBudget {
  /** Names the budget, such as connector and account: runs of one process with equal keys pass through one gate. */
  readonly key: string
  /** How many requests other processes have under way on it, as last heard. */
  othersInFlight(): number
  /**
   * What this process has under way, and what the API last told it: how many calls are left, and when their window ends in Unix
   * milliseconds of the API's clock; undefined where it said nothing.
   */
  report(inFlight: number, remaining: number | undefined, resetMs: number | undefined): void
  /** The least that the API has told other processes, of the newest window that they know. Absent: only what is under way is shared. */
  othersHeard?(): { readonly remaining: number; readonly resetMs: number } | undefined
}

/** Finds the budget of an account, once it is known which one a connection reads; undefined where it is not shared. */
export type FindBudget = (account: {
  readonly id: string
  readonly source: string
}) => SharedBudget | undefined

/** Something that only one run of an account may do at a time. */
export interface Locks {
  /** Resolves once nobody else holds `name`; disposing of it lets it go. Rejects with the signal's reason when that is aborted first. */
  hold(name: string, signal: AbortSignal): Promise<AsyncDisposable>
}

const gates = new Map<string, { readonly gate: RateGate; users: number }>()

/** The gate through which this process's runs on a budget pass: the first one's own, for as long as anybody uses it. */
export function joinSharedGate(
  budget: SharedBudget,
  own: RateGate,
): { readonly gate: RateGate; readonly leave: () => void } {
  const shared = gates.get(budget.key) ?? { gate: own, users: 0 }
  gates.set(budget.key, shared)
  shared.users++
  shared.gate.share(budget)
  return {
    gate: shared.gate,
    leave: () => {
      shared.users--
      if (shared.users === 0) gates.delete(budget.key)
    },
  }
}
