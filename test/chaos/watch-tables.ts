import { setTimeout as wait } from 'node:timers/promises'
import { replacedObjects } from './object-families.ts'
import type { TruthHistory } from './truth-history.ts'
import type { Warehouse } from './warehouse.ts'

/** A reader that counts the rows of full-refresh tables again and again, while runs replace them. */
export class TableWatch {
  readonly #warehouse: Warehouse
  readonly #history: TruthHistory
  readonly #full = new Set<string>()
  readonly #problems = new Set<string>()
  #looks = 0

  constructor(warehouse: Warehouse, history: TruthHistory) {
    this.#warehouse = warehouse
    this.#history = history
  }

  get problems(): readonly string[] {
    return [...this.#problems]
  }

  get looks(): number {
    return this.#looks
  }

  /** Counts until `done`. A database that is down is no answer. */
  async during<T>(done: Promise<T>): Promise<T> {
    let over = false
    const ending = done.finally(() => (over = true))
    const watching = (async () => {
      while (!over) {
        await this.look().catch(() => {})
        await wait(40)
      }
    })()
    await Promise.allSettled([ending, watching])
    return await ending
  }

  /** Counts once. A table that has rows at all has as many as the workspace ever had at least, and stays so. */
  async look(): Promise<void> {
    const there = await this.#warehouse.query(
      "select table_name from information_schema.tables where table_schema = 'intercom'",
    )
    const names = new Set(there.map((row) => row['table_name']))
    const objects = replacedObjects.filter((object) => names.has(object))
    if (objects.length === 0) return
    const counts = objects.map(
      (object) => `(select count(*) from intercom.${object} where _deleted_at is null) as ${object}`,
    )
    const [row] = await this.#warehouse.query(`select ${counts.join(', ')}`)
    this.#looks += 1
    for (const object of objects) this.#judge(object, Number(row?.[object]))
  }

  #judge(object: string, count: number): void {
    const fewest = this.#history.fewest(object) ?? 0
    if (count > 0) this.#full.add(object)
    if (this.#full.has(object) && count < fewest)
      this.#problems.add(
        `a reader saw ${count} rows of ${object}, of which there always were at least ${fewest}`,
      )
  }
}
