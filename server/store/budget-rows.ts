import { and, eq, gt, inArray, lt, ne, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { apiBudgets } from './tables/runs.ts'

/** What a worker has under way on a budget, and what the API last told it. */
export interface BudgetUse {
  readonly budget: string
  readonly inFlight: number
  readonly remaining: number | null
  /** When the API's window ends, by the API's clock. */
  readonly resetsAt: Date | null
}

/** Whoever was silent for so long is gone, whatever it had under way. */
const silence = sql`interval '5 s'`

/** Tells the other workers what this one uses, and gives back what they told. */
export async function exchangeBudgets(
  tx: Tx,
  holder: string,
  uses: readonly BudgetUse[],
): Promise<readonly BudgetUse[]> {
  if (uses.length === 0) return []
  await tx
    .insert(apiBudgets)
    .values(uses.map((use) => ({ ...use, holder })))
    .onConflictDoUpdate({
      target: [apiBudgets.budget, apiBudgets.holder],
      set: {
        inFlight: sql`excluded.in_flight`,
        remaining: sql`excluded.remaining`,
        resetsAt: sql`excluded.resets_at`,
        seenAt: sql`now()`,
      },
    })
  return await tx
    .select({
      budget: apiBudgets.budget,
      inFlight: apiBudgets.inFlight,
      remaining: apiBudgets.remaining,
      resetsAt: apiBudgets.resetsAt,
    })
    .from(apiBudgets)
    .where(
      and(
        inArray(
          apiBudgets.budget,
          uses.map(({ budget }) => budget),
        ),
        ne(apiBudgets.holder, holder),
        gt(apiBudgets.seenAt, sql`now() - ${silence}`),
      ),
    )
}

/** This worker uses a budget no more; what others left behind long ago goes, too. */
export async function leaveBudgets(tx: Tx, holder: string, budgets: readonly string[]): Promise<void> {
  if (budgets.length > 0)
    await tx
      .delete(apiBudgets)
      .where(and(eq(apiBudgets.holder, holder), inArray(apiBudgets.budget, [...budgets])))
  await tx.delete(apiBudgets).where(lt(apiBudgets.seenAt, sql`now() - interval '1 hour'`))
}
