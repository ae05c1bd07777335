import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { api, apiClient, codeOf, queryClient } from './client.ts'

/** Whoever this page began with is no longer signed in. What is open stays theirs: it is neither taken away nor given to anybody else. */
export class SessionOver extends Error {
  /** Another person has signed in meanwhile, in this browser. */
  readonly someoneElse: boolean

  constructor(someoneElse: boolean) {
    super('The session is over.')
    this.someoneElse = someoneElse
  }
}

/** Who is signed in. Once somebody is, any other answer is a failure, beside which the earlier answer stays. */
export function meQuery() {
  const options = api.session.me.queryOptions(undefined, { staleTime: 60_000 })
  return {
    ...options,
    // Whoever comes back to a tab may have signed in as somebody else meanwhile, in another one or another window.
    refetchOnWindowFocus: 'always' as const,
    retry: (failures: number, error: unknown) =>
      !(error instanceof SessionOver) && codeOf(error) === undefined && failures < 2,
    queryFn: async () => {
      const before = queryClient.getQueryData(options.queryKey)?.user
      const now = await apiClient.session.me.query()
      if (before && now.user?.id !== before.id && !now.setupNeeded) throw new SessionOver(now.user !== null)
      return now
    },
  }
}

/** Whether the session is over, and how; undefined while it goes on. */
export function useSessionOver(): SessionOver | undefined {
  const { error } = useQuery(meQuery())
  return error instanceof SessionOver ? error : undefined
}

/** Does something each time that the session was over and the same person is signed in again; gives back what ends that. */
export function onSignedInAgain(act: () => void): () => void {
  const isOver = (): boolean =>
    queryClient.getQueryState(api.session.me.queryKey())?.error instanceof SessionOver
  let was = isOver()
  return queryClient.getQueryCache().subscribe(() => {
    const is = isOver()
    if (was && !is) act()
    was = is
  })
}

/** The same for as long as a component is there. */
export function useSignedInAgain(act: () => void): void {
  const onReturn = useEffectEvent(act)
  useEffect(() => onSignedInAgain(() => onReturn()), [])
}
