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
  return preparing(client, new Statements())
}

function preparing<T extends object>(client: T, statements: Statements): T {
  return new Proxy(client, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      if (name === 'unsafe')
        return (text: string, parameters: readonly unknown[] = [], options: object = {}): unknown => {
          const prepare = parameters.length > 0 && statements.comeAgain(text)
          return Reflect.apply(value, target, [text, parameters, { ...options, prepare }])
        }
      if (name === 'begin' || name === 'savepoint')
        return (work: (inner: object) => unknown): unknown =>
          Reflect.apply(value, target, [(inner: object) => work(preparing(inner, statements))])
      return value
    },
  })
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
