import { flagOf, pathOf, type RawSearch, textOf } from '../navigation/search-values.ts'

/** Where to go on to after signing in. */
export interface SignInSearch {
  readonly next?: string | undefined
  /** The session was over while someone worked: they are told why they are here. */
  readonly ended?: true | undefined
}

/** Reads it; only a path of this app is taken, and not the sign-in itself, which would lead nowhere. */
export function parseSignInSearch(search: RawSearch): SignInSearch {
  const next = pathOf(search, 'next')
  return { next: next?.startsWith('/sign-in') ? undefined : next, ended: flagOf(search, 'ended') }
}

/** The one-time token of a link. */
export interface TokenSearch {
  readonly token?: string | undefined
}

/** Reads the token of a link. */
export function parseTokenSearch(search: RawSearch): TokenSearch {
  return { token: textOf(search, 'token') }
}
