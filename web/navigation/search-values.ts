/** What a search parameter of the address holds, before it is known to be sound. */
export type RawSearch = Readonly<Record<string, unknown>>

/** The text of a parameter; undefined when it is absent or empty. */
export function textOf(search: RawSearch, name: string): string | undefined {
  const value = search[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined
}

/** The id of a parameter; undefined when it is absent, or nothing that an id can be. */
export function idOf(search: RawSearch, name: string): string | undefined {
  const value = textOf(search, name)
  return value && isId(value) ? value : undefined
}

/** Whether a text has the form of an id, a UUID. */
export function isId(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
}

/** The parameter's value if it is one of those allowed. */
export function oneOf<Value extends string>(
  search: RawSearch,
  name: string,
  values: readonly Value[],
): Value | undefined {
  return values.find((value) => value === search[name])
}

/** Whether the parameter says yes. */
export function flagOf(search: RawSearch, name: string): true | undefined {
  return search[name] === true || search[name] === 'true' ? true : undefined
}

/** A path of this app to go on to; never an address elsewhere. */
export function pathOf(search: RawSearch, name: string): string | undefined {
  const value = search[name]
  return typeof value === 'string' && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(value) ? value : undefined
}

/** A day of the parameter, as 2026-11-20. */
export function dayOf(search: RawSearch, name: string): string | undefined {
  const value = textOf(search, name)
  return value && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined
}
