/** An authorisation that goes on in this very tab: what must be known when the tab comes back. */
export interface KeptAttempt {
  readonly attemptId: string
  readonly connector: string
}

const place = 'penstock.oauth-attempt'

/** Keeps the attempt while the tab is away at the API's own page. */
export function keepAttempt(attempt: KeptAttempt): void {
  sessionStorage.setItem(place, JSON.stringify(attempt))
}

/** The attempt that the tab left with; undefined when there is none. */
export function keptAttempt(): KeptAttempt | undefined {
  const stored: unknown = JSON.parse(sessionStorage.getItem(place) ?? 'null')
  if (typeof stored !== 'object' || stored === null) return undefined
  const { attemptId, connector } = { attemptId: undefined, connector: undefined, ...stored }
  return typeof attemptId === 'string' && typeof connector === 'string' ? { attemptId, connector } : undefined
}

/** Forgets it: it has its answer. */
export function forgetAttempt(): void {
  sessionStorage.removeItem(place)
}
