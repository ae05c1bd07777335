import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { OauthAttempt, Questions } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { forgetAttempt, keepAttempt, keptAttempt } from './kept-attempt.ts'

/** Where an authorisation is. `answered` holds the server's word about it, good or bad. */
export type Authorisation =
  | { readonly at: 'rest' }
  | { readonly at: 'starting' }
  | { readonly at: 'refused'; readonly message: string }
  | {
      readonly at: 'waiting'
      readonly attemptId: string
      readonly url: string | undefined
      readonly blocked: boolean
    }
  | { readonly at: 'answered'; readonly attemptId: string; readonly attempt: OauthAttempt }

export interface AuthorisationActs {
  readonly state: Authorisation
  /** Only in a click: the window opens at once, before the server is asked, or the browser blocks it. */
  readonly start: (question: Questions['oauth']['start']) => void
  /** Opens the window again, in a click. */
  readonly openAgain: () => void
  /** Goes to the API in this tab; the dialog opens again when the tab comes back. */
  readonly continueHere: (connector: string) => void
  readonly reset: () => void
}

const windowLooks = 'popup,width=640,height=780'
const asksEvery = 1_500

/** Authorises a connection in a window of the API's own. Learns the outcome from the server by the attempt's id, so that a lost window or opener loses nothing. */
export function useAuthorisation(): AuthorisationActs {
  const [sent, setState] = useState<Authorisation>(resumed)
  const attempt = useAttempt(sent.at === 'waiting' ? sent.attemptId : undefined)
  const answer = sent.at === 'waiting' && attempt && attempt.state !== 'pending' ? attempt : undefined
  const state: Authorisation =
    answer && sent.at === 'waiting' ? { at: 'answered', attemptId: sent.attemptId, attempt: answer } : sent
  useEffect(() => {
    if (!answer) return
    forgetAttempt()
    void queryClient.invalidateQueries({ queryKey: api.connections.pathKey() })
  }, [answer])
  const start = (question: Questions['oauth']['start']): void => {
    const opened = window.open('', 'penstock-oauth', windowLooks)
    setState({ at: 'starting' })
    apiClient.oauth.start.mutate(question).then(
      ({ attemptId, authorizeUrl }) => {
        if (opened) opened.location.href = authorizeUrl
        setState({ at: 'waiting', attemptId, url: authorizeUrl, blocked: opened === null })
      },
      (error: unknown) => {
        opened?.close()
        setState({ at: 'refused', message: sentenceOf(error) })
      },
    )
  }
  return {
    state,
    start,
    openAgain: () => {
      if (state.at !== 'waiting' || state.url === undefined) return
      const opened = window.open(state.url, 'penstock-oauth', windowLooks)
      setState({ ...state, blocked: opened === null })
    },
    continueHere: (connector) => {
      if (state.at !== 'waiting' || state.url === undefined) return
      keepAttempt({ attemptId: state.attemptId, connector })
      location.assign(state.url)
    },
    reset: () => {
      forgetAttempt()
      setState({ at: 'rest' })
    },
  }
}

/** Asks the server about an attempt now and then, and at once when the callback's page says that it is done. */
function useAttempt(attemptId: string | undefined): OauthAttempt | undefined {
  const query = useQuery(
    api.oauth.attempt.queryOptions(
      { attemptId: attemptId ?? '' },
      {
        enabled: attemptId !== undefined,
        refetchInterval: ({ state }) => (state.data && state.data.state !== 'pending' ? false : asksEvery),
        refetchIntervalInBackground: true,
        staleTime: 0,
      },
    ),
  )
  const refetch = useRef(query.refetch)
  useEffect(() => {
    refetch.current = query.refetch
  })
  useEffect(() => {
    if (attemptId === undefined) return undefined
    const channel = new BroadcastChannel('penstock-oauth')
    channel.addEventListener('message', () => void refetch.current())
    return () => channel.close()
  }, [attemptId])
  return attemptId === undefined ? undefined : query.data
}

function resumed(): Authorisation {
  const kept = keptAttempt()
  return kept ? { at: 'waiting', attemptId: kept.attemptId, url: undefined, blocked: false } : { at: 'rest' }
}
