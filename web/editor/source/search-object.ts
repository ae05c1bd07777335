import type { CatalogueObject } from '../document/catalogue.ts'
import type { FieldRow, ObjectRow } from './row-list.ts'

/** A field's row, and its path in lower case. */
interface SearchedField {
  readonly path: string
  readonly row: FieldRow
}

/** What of an object a search finds. */
export interface FoundInObject {
  readonly head: ObjectRow
  /** It is the object that is called so: then all of its fields are found. */
  readonly isNamed: boolean
  readonly fields: readonly SearchedField[]
}

/** An object as a search goes through it, made once, with what was found last. */
interface Searched {
  readonly head: ObjectRow
  readonly names: readonly string[]
  readonly fields: readonly SearchedField[]
  last: { readonly needle: string; readonly fields: readonly SearchedField[] }
}

const known = new WeakMap<CatalogueObject, Searched>()

/** Looks for a text in lower case in an object's names and its fields. Who types on looks only where the letters before were found. */
export function searchObject(object: CatalogueObject, needle: string): FoundInObject {
  const searched = known.get(object) ?? prepare(object)
  const { head, names, fields, last } = searched
  const isNamed = needle !== '' && names.some((name) => name.includes(needle))
  if (needle === '' || isNamed) return { head, isNamed, fields }
  if (last.needle !== needle)
    searched.last = { needle, fields: within(needle.startsWith(last.needle) ? last.fields : fields, needle) }
  return { head, isNamed, fields: searched.last.fields }
}

function prepare(object: CatalogueObject): Searched {
  const fields = object.fields.map((field): SearchedField => ({
    path: field.path.toLowerCase(),
    row: { kind: 'field', key: `${object.name}.${field.path}`, object, field },
  }))
  const searched: Searched = {
    head: { kind: 'object', key: object.name, object },
    names: [object.name.toLowerCase(), object.title.toLowerCase()],
    fields,
    last: { needle: '', fields },
  }
  known.set(object, searched)
  return searched
}

/** The very same array where each of them has it. */
function within(fields: readonly SearchedField[], needle: string): readonly SearchedField[] {
  return fields.every(({ path }) => path.includes(needle))
    ? fields
    : fields.filter(({ path }) => path.includes(needle))
}

/** A text as it is looked for. */
export function needleOf(text: string): string {
  return text.trim().toLowerCase()
}

/** So long is looked without a pause, in milliseconds. */
const stretchMs = 5
/** Keys that follow one another faster, as those of a held Backspace do, are only written down; the search begins after the last of them. */
const restMs = 50

/**
 * Looks through objects with pauses, in which keys are answered, and says when it is through: `searchObject` then knows the answers. Another
 * search ends the one before; an undefined one only ends it.
 */
export function searchWithPauses(
  objects: readonly CatalogueObject[],
  onFound: (text: string) => void,
): (text: string | undefined) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (text) => {
    clearTimeout(timer)
    if (text === undefined) return
    let at = 0
    const goOn = (): void => {
      const until = performance.now() + stretchMs
      for (; at < objects.length && performance.now() < until; at += 1) {
        const object = objects[at]
        if (object) searchObject(object, needleOf(text))
      }
      if (at < objects.length) timer = setTimeout(goOn)
      else onFound(text)
    }
    timer = setTimeout(goOn, restMs)
  }
}
