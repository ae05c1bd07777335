import { useSuspenseQuery, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { Me } from './answers.ts'
import { api } from './client.ts'
import { meQuery } from './session-over.ts'
import { roles, suffices } from './roles.ts'

/** Who is signed in, where, and in which role. Only below the app's frame, where it is known. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery()).data
}

/** Who is signed in, and what each role may: asked in one breath, so that no button comes after the screen it stands on. */
export function useSignIn(): { readonly me: UseQueryResult<Me, unknown>; readonly known: boolean } {
  const me = useQuery(meQuery())
  const rules = useQuery(
    api.session.permissions.queryOptions(undefined, { staleTime: 300_000, retry: false }),
  )
  return { me, known: !me.isPending && !rules.isPending }
}

/** Says of a procedure, by its path, whether this person's role may call it: the server's own rules, so that nothing is offered that will be refused. */
export function useMay(): (procedure: string) => boolean {
  const { role, user } = useMe()
  const { data } = useQuery(api.session.permissions.queryOptions(undefined, { staleTime: 300_000 }))
  return (procedure) => {
    const rule = data?.rules[procedure]
    if (rule === undefined) return false
    if (rule === 'public') return true
    if (rule === 'signed_in') return user !== null
    const needed = roles.find((one) => one === rule)
    return role !== null && needed !== undefined && suffices(role, needed)
  }
}
