import { useMutation } from '@tanstack/react-query'
import { ExternalLink, LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Connection, ConnectorForm, OauthAttempt } from '../api/answers.ts'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { connectionsText } from '../strings/connections.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Notice } from '../ui/notice.tsx'
import type { AuthorisationActs } from './use-authorisation.ts'

interface AuthorisationViewProps {
  readonly connector: ConnectorForm
  readonly authorisation: AuthorisationActs
  readonly onMade: (connection: Connection) => void
}

/** While the person signs in at the API, and when that did not work: each end has its own words and its next step. */
export function AuthorisationView({ connector, authorisation, onMade }: AuthorisationViewProps): ReactNode {
  const { state, openAgain, continueHere, reset } = authorisation
  if (state.at === 'answered') {
    const { attempt, attemptId } = state
    if (attempt.state === 'succeeded') return <Working title={connectionsText.connecting} />
    if (attempt.code === 'other_account' && attempt.choice)
      return <OtherAccount attemptId={attemptId} choice={attempt.choice} onMade={onMade} onReset={reset} />
    return <Refused attempt={attempt} onReset={reset} />
  }
  if (state.at !== 'waiting') return null
  if (state.blocked) {
    return (
      <Notice tone="warn" title={connectionsText.blockedTitle}>
        <p>{connectionsText.blockedHint}</p>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button look="primary" icon={ExternalLink} autoFocus onClick={openAgain}>
            {connectionsText.openWindow}
          </Button>
          <Button onClick={() => continueHere(connector.name)}>{connectionsText.continueHere}</Button>
          <Button look="quiet" onClick={reset}>
            {connectionsText.back}
          </Button>
        </div>
      </Notice>
    )
  }
  return (
    <div className="py-4 text-center">
      <Working title={connectionsText.waitingTitle(connector.title)} />
      <p className="text-muted mt-1">{connectionsText.waitingHint}</p>
      <div className="mt-6 flex flex-wrap items-center justify-center gap-2">
        {state.url !== undefined && (
          <>
            <span className="text-muted">{connectionsText.waitingLost}</span>
            <Button size="small" onClick={openAgain}>
              {connectionsText.openAgain}
            </Button>
            <Button size="small" onClick={() => continueHere(connector.name)}>
              {connectionsText.continueHere}
            </Button>
          </>
        )}
        <Button size="small" look="quiet" onClick={reset}>
          {connectionsText.back}
        </Button>
      </div>
      <p className="text-muted mt-4 text-xs">{connectionsText.expiresIn}</p>
    </div>
  )
}

function Working({ title }: { readonly title: string }): ReactNode {
  return (
    <p role="status" className="flex items-center justify-center gap-2 text-base font-semibold">
      <LoaderCircle aria-hidden size={18} className="text-accent animate-spin" />
      {title}
    </p>
  )
}

interface RefusedProps {
  readonly attempt: OauthAttempt
  readonly onReset: () => void
}

function Refused({ attempt, onReset }: RefusedProps): ReactNode {
  const code = attempt.code ?? 'refused'
  return (
    <ErrorBanner
      title={connectionsText.failures[code]}
      message={attempt.message ?? connectionsText.failureAdvice[code]}
    >
      {attempt.message && <p className="mt-1">{connectionsText.failureAdvice[code]}</p>}
      <div className="mt-3">
        <Button autoFocus onClick={onReset}>
          {connectionsText.startAgain}
        </Button>
      </div>
    </ErrorBanner>
  )
}

interface OtherAccountProps {
  readonly attemptId: string
  readonly choice: NonNullable<OauthAttempt['choice']>
  readonly onMade: (connection: Connection) => void
  readonly onReset: () => void
}

const choices = ['fresh_namespace', 'wipe', 'keep_old'] as const

function OtherAccount({ attemptId, choice, onMade, onReset }: OtherAccountProps): ReactNode {
  const may = useMay()
  const resolve = useMutation(
    api.oauth.resolveOtherAccount.mutationOptions({
      onSuccess: async () => {
        const { connectionId } = await queryClient.fetchQuery(
          api.oauth.attempt.queryOptions({ attemptId }, { staleTime: 0 }),
        )
        if (connectionId)
          onMade(
            await queryClient.fetchQuery(
              api.connections.get.queryOptions({ id: connectionId }, { staleTime: 0 }),
            ),
          )
        else onReset()
      },
    }),
  )
  const allowed = may('oauth.resolveOtherAccount')
  return (
    <div className="space-y-3">
      <Notice tone="review" title={connectionsText.failures.other_account}>
        {connectionsText.otherAccount(choice.previousAccount, choice.newAccount)}
      </Notice>
      {resolve.isError && <ErrorBanner message={sentenceOf(resolve.error)} />}
      {!allowed && <Notice tone="idle">{connectionsText.otherAdmin}</Notice>}
      <ul className="divide-y rounded-lg border">
        {choices.map((one) => (
          <li key={one} className="flex items-center gap-3 px-3 py-2.5">
            <div className="min-w-0 flex-1">
              <div className="font-medium">{connectionsText.otherChoices[one]}</div>
              <div className="text-muted">{connectionsText.otherHints[one]}</div>
            </div>
            <Button
              size="small"
              look={one === 'wipe' ? 'danger' : 'plain'}
              disabled={!allowed || resolve.isPending}
              onClick={() => resolve.mutate({ attemptId, choice: one })}
            >
              {connectionsText.otherChoices[one]}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
