import type { Sql } from 'postgres'

/** So many statements at most are prepared on each connection: PostgreSQL keeps a plan of some ten kilobytes for each. */
const mostPrepared = 300
/** A list of parameters has any length, and each length is another statement. */
const ofAnyLength = /\b(?:in|values) \(\$\d+, /i

/**
 * The client as drizzle is to have it. Left to itself, drizzle has every statement parsed and described before it sends the parameters, and
 * waits for that: a trip to the database more for each. With this one, a statement that comes a second time is named (`prepare` of
 * postgres.js), and a connection that knows the name is sent the parameters alone. Row-level security loses nothing: PostgreSQL analyses a
 * named statement again when the role or the setting changes under which it was analysed.
 */
export function prepareStatements(client: Sql): Sql {
  return preparing(client, new Statements(), { isOver: false })
}

interface Transaction {
  isOver: boolean
}

function preparing<T extends object>(client: T, statements: Statements, within: Transaction): T {
  return new Proxy(client, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      if (name === 'unsafe')
        return (text: string, parameters: readonly unknown[] = [], options: object = {}): unknown => {
          if (within.isOver) throw new Error('The transaction is over.')
          const prepare = parameters.length > 0 && statements.comeAgain(text)
          return Reflect.apply(value, target, [text, parameters, { ...options, prepare }])
        }
      if (name === 'begin' || name === 'savepoint')
        return async (work: (inner: object) => unknown): Promise<unknown> => {
          const begun: Transaction = { isOver: false }
          const inner = (client: object) => unlessOver(begun, work(preparing(client, statements, begun)))
          try {
            return await Reflect.apply(value, target, [inner])
          } finally {
            begun.isOver = true
          }
        }
      return value
    },
  })
}

/**
 * Where a session was ended while its transaction did something else, the driver tells the caller at once, but what is sent or rolled back
 * on it later ends the whole process (postgres.js 3.4.9, `nextWrite`). So nothing is sent then, and the driver hears of no end.
 */
async function unlessOver(transaction: Transaction, work: unknown): Promise<unknown> {
  try {
    return await work
  } finally {
    if (transaction.isOver) await new Promise<never>(() => {})
  }
}

/** Which statements come again and again. */
class Statements {
  readonly #known = new Set<string>()
  #seenOnce = new Set<string>()

  comeAgain(text: string): boolean {
    if (this.#known.has(text)) return true
    if (this.#known.size >= mostPrepared || ofAnyLength.test(text)) return false
    if (this.#seenOnce.delete(text)) {
      this.#known.add(text)
      return true
    }
    if (this.#seenOnce.size >= mostPrepared) this.#seenOnce = new Set()
    this.#seenOnce.add(text)
    return false
  }
}
