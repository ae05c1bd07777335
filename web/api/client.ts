import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { AppRouter } from './answers.ts'
import { apiText } from '../strings/api.ts'
import { withQuotedSetOff } from '../strings/catalogue.ts'

const url = '/trpc'

/** The API, to be called by hand; most components use `api` with useQuery and useMutation. */
export const apiClient = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: httpBatchLink({ url, maxItems: 12, maxURLLength: 6_000 }),
    }),
  ],
})

/** Whoever is no longer signed in, and looks at something or changes it, is asked to sign in again: the app's frame looks at `session.me`. */
function lookWhoIsThere(error: unknown): void {
  if (codeOf(error) === 'UNAUTHORIZED') lookWhoIsSignedIn()
}

/** All answers of the API that the app holds. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: lookWhoIsThere }),
  mutationCache: new MutationCache({ onError: lookWhoIsThere }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => codeOf(error) === undefined && failures < 2,
    },
  },
})

/** The API for TanStack Query: `useQuery(api.pipelines.get.queryOptions({ id }))`. */
export const api = createTRPCOptionsProxy<AppRouter>({ client: apiClient, queryClient })

/** Asks the server who is signed in; where nobody is any more, the frame leads to the sign-in and back. */
export function lookWhoIsSignedIn(): void {
  void queryClient.invalidateQueries({ queryKey: api.session.me.queryKey() })
}

/** What something that waits on this device is kept under, so that nobody else who signs in here is shown it, nor another workspace. */
export function nameOfMine(thing: string): string {
  const me = queryClient.getQueryData(api.session.me.queryKey())
  return [thing, me?.workspace?.id, me?.user?.id].join('.')
}

/** Whether the server refused since the session that this page began with is over. */
export function isSignedOut(error: unknown): boolean {
  const me = queryClient.getQueryData(api.session.me.queryKey())
  return codeOf(error) === 'UNAUTHORIZED' && Boolean(me?.user)
}

/** The code the server refused with; undefined when no answer came at all. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof TRPCClientError && isRecord(error.data) ? String(error.data['code']) : undefined
}

/** What the server adds to a refusal for the app. */
export function detailsOf(error: unknown): Readonly<Record<string, unknown>> {
  const details = error instanceof TRPCClientError && isRecord(error.data) ? error.data['details'] : undefined
  return isRecord(details) ? details : {}
}

/** An error as a sentence: the server's or the sign-in's own, with what to do where that is known, or that no answer came. */
export function sentenceOf(error: unknown): string {
  if (error instanceof TRPCClientError && codeOf(error) === undefined) return apiText.noAnswer
  if (isSignedOut(error)) return apiText.signedOut
  if (!(error instanceof Error) || error.message.startsWith('[')) return apiText.refused
  const said = withQuotedSetOff(error.message)
  const { advice } = detailsOf(error)
  if (typeof advice !== 'string' || error.message.includes(advice)) return said
  return `${said.replace(/[^.!?…]$/, '$&.')} ${withQuotedSetOff(advice)}`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
