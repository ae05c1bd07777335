import { pathOf, type RawSearch, textOf } from '../navigation/search-values.ts'

/** Where to go on to after signing in. */
export interface SignInSearch {
  readonly next?: string | undefined
}

/** Reads it; only a path of this app is taken, and not the sign-in itself, which would lead nowhere. */
export function parseSignInSearch(search: RawSearch): SignInSearch {
  const next = pathOf(search, 'next')
  return { next: next?.startsWith('/sign-in') ? undefined : next }
}

/** The one-time token of a link. */
export interface TokenSearch {
  readonly token?: string | undefined
}

/** Reads the token of a link. */
export function parseTokenSearch(search: RawSearch): TokenSearch {
  return { token: textOf(search, 'token') }
}
