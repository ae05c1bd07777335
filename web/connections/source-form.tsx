import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import type { Connection, ConnectorForm } from '../api/answers.ts'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { Form } from '../ui/form.tsx'
import { AuthorisationView } from './authorisation-view.tsx'
import { ConnectBar } from './connect-bar.tsx'
import { type FormStart, saidSettings, type SourceDraft, startDraft } from './source-draft.ts'
import { SourceFields } from './source-fields.tsx'
import { type AuthorisationActs, useAuthorisation } from './use-authorisation.ts'

interface SourceFormProps {
  readonly connector: ConnectorForm
  /** The connection to authorise again. */
  readonly previous: Connection | undefined
  readonly start: FormStart
  readonly onMade: (connection: Connection) => void
  readonly onBack?: () => void
}

/** The form of a connection to an API, and the sign-in that follows it. */
export function SourceForm({ connector, previous, start, onMade, onBack }: SourceFormProps): ReactNode {
  const [draft, setDraft] = useState(() => startDraft(connector, previous, start))
  const authorisation = useAuthorisation()
  const { state } = authorisation
  const token = useTokenConnection(previous, onMade)
  useMadeConnection(authorisation, onMade)
  if (state.at === 'waiting' || state.at === 'answered') {
    return <AuthorisationView connector={connector} authorisation={authorisation} onMade={onMade} />
  }
  const submit = (): void => {
    if (token.isPending || state.at === 'starting') return
    if (draft.method === 'oauth') authorisation.start(oauthQuestion(connector, draft, previous))
    else token.mutate({ connector: connector.name, draft })
  }
  const failed = token.isError ? sentenceOf(token.error) : undefined
  const refused = state.at === 'refused' ? state.message : undefined
  return (
    <Form onSubmit={submit} className="space-y-4">
      <SourceFields
        connector={connector}
        draft={draft}
        fixed={previous !== undefined}
        kept={(previous?.secretsSet.length ?? 0) > 0}
        onChange={setDraft}
      />
      <ConnectBar
        refusal={draft.method === 'oauth' ? refused : failed}
        busy={token.isPending || state.at === 'starting'}
        connecting={token.isPending}
        onBack={onBack}
      />
    </Form>
  )
}

function oauthQuestion(
  connector: ConnectorForm,
  draft: SourceDraft,
  previous: Connection | undefined,
): Parameters<AuthorisationActs['start']>[0] {
  const settings = oauthSettings(connector, draft)
  return {
    connector: connector.name,
    name: draft.name.trim(),
    ...(draft.region ? { region: draft.region } : {}),
    profileId: draft.profileId || null,
    scopes: [...draft.scopes],
    ...(draft.projectId ? { projectId: draft.projectId } : {}),
    ...(draft.apiBaseUrl.trim() ? { apiBaseUrl: draft.apiBaseUrl.trim() } : {}),
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
    ...(previous ? { connectionId: previous.id } : {}),
  }
}

function oauthSettings(connector: ConnectorForm, draft: SourceDraft): Record<string, string> {
  const names = connector.settings.filter(({ methods }) => methods.includes('oauth')).map(({ name }) => name)
  return Object.fromEntries(
    Object.entries(saidSettings(draft.settings)).filter(([name]) => names.includes(name)),
  )
}

interface TokenQuestion {
  readonly connector: string
  readonly draft: SourceDraft
}

/** Connects with a token or key instead of a sign-in; of a connection that is there, it replaces the token. */
function useTokenConnection(previous: Connection | undefined, onMade: (connection: Connection) => void) {
  const create = useMutation(api.connections.createSource.mutationOptions())
  const update = useMutation(api.connections.update.mutationOptions())
  return useMutation({
    mutationFn: async ({ connector, draft }: TokenQuestion): Promise<Connection> => {
      const settings = saidSettings(draft.settings)
      const name = draft.name.trim()
      if (previous) {
        await update.mutateAsync({ id: previous.id, name, settings })
        return await queryClient.fetchQuery(
          api.connections.get.queryOptions({ id: previous.id }, { staleTime: 0 }),
        )
      }
      return await create.mutateAsync({
        connector,
        name,
        settings,
        ...(draft.region ? { region: draft.region } : {}),
        ...(draft.projectId ? { projectId: draft.projectId } : {}),
        ...(draft.apiBaseUrl.trim() ? { apiBaseUrl: draft.apiBaseUrl.trim() } : {}),
      })
    },
    onSuccess: (connection) => {
      void queryClient.invalidateQueries({ queryKey: api.connections.pathKey() })
      onMade(connection)
    },
  })
}

/** Goes on by itself when the sign-in brought a connection. */
function useMadeConnection({ state }: AuthorisationActs, onMade: (connection: Connection) => void): void {
  const id =
    state.at === 'answered' && state.attempt.state === 'succeeded' ? state.attempt.connectionId : null
  const made = useQuery(api.connections.get.queryOptions({ id: id ?? '' }, { enabled: id !== null }))
  const tell = useEffectEvent(onMade)
  useEffect(() => {
    if (id !== null && made.data) tell(made.data)
  }, [id, made.data])
}
