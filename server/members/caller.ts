import type { Identity, RequestFacts } from '../actor.ts'
import type { Services } from '../services.ts'

/** Who asks, before it matters in which workspace: the first argument of verbs about people themselves. */
export interface Caller {
  /** Undefined: nobody is signed in. */
  readonly identity: Identity | undefined
  readonly request: RequestFacts
  readonly services: Services
}

/** A caller who is known. */
export interface KnownCaller extends Caller {
  readonly identity: Identity
}
