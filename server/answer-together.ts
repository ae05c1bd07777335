/** `owner`: what the answer is read from. `question`: all that it depends on, who asks included. Rejects as `make` does, for all who got that one. */
export type Together<T> = (owner: object, question: string, make: () => Promise<T>) => Promise<T>

interface UnderWay<T> {
  readonly ended: Promise<unknown>
  next?: Promise<T>
}

/**
 * One answer for several callers. While one is being made, all who ask the same wait, and get the next one together: it is begun after each
 * of them asked, so each sees whatever was written before its question. A hundred open tabs cost two reads and not a hundred, and
 * whoever has more calls than processor answers more of them at once instead of later and later.
 */
export function answerTogether<T>(): Together<T> {
  const owners = new WeakMap<object, Map<string, UnderWay<T>>>()
  return async (owner, question, make) => {
    const underWay = owners.get(owner) ?? new Map<string, UnderWay<T>>()
    owners.set(owner, underWay)
    const begin = () => {
      const made = make()
      // Where others wait, the first of them begins the next answer in the same turn.
      const end = () => {
        if (!one.next) underWay.delete(question)
      }
      const one: UnderWay<T> = { ended: made.then(end, end) }
      underWay.set(question, one)
      return made
    }
    const before = underWay.get(question)
    if (!before) return await begin()
    return await (before.next ??= before.ended.then(begin))
  }
}
