import type { CatalogueObject } from './catalogue.ts'
import type { ObjectChoice } from './draft-document.ts'

/**
 * Makes a rule about one object remember its last answer. Commands copy only what they change, so while a choice is the very same
 * value its answer is, too: with a thousand objects, an edit of one costs what one costs.
 */
export function rememberChoice<Answer>(
  rule: (object: CatalogueObject, choice: ObjectChoice) => Answer,
): (object: CatalogueObject, choice: ObjectChoice) => Answer {
  const last = new WeakMap<CatalogueObject, { readonly choice: ObjectChoice; readonly answer: Answer }>()
  return (object, choice) => {
    const known = last.get(object)
    if (known && known.choice === choice) return known.answer
    const answer = rule(object, choice)
    last.set(object, { choice, answer })
    return answer
  }
}
