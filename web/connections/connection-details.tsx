import { useMutation, useQuery } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Connection } from '../api/answers.ts'
import { api, codeOf, queryClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { connectionsText } from '../strings/connections.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Facts } from '../ui/facts.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { toastDone } from '../ui/toaster.tsx'
import { CheckView } from './check-view.tsx'
import { ConnectionActs } from './connection-acts.tsx'
import { connectionLooks } from './connection-looks.ts'
import { PipelineLink } from '../navigation/pipeline-link.tsx'

interface ConnectionDetailsProps {
  readonly id: string
  readonly onClose: () => void
}

/** All that is known of a connection, and what can be done to it. */
export function ConnectionDetails({ id, onClose }: ConnectionDetailsProps): ReactNode {
  const may = useMay()
  const found = useQuery(
    api.connections.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data?.state === 'wiping' ? 2_000 : false) },
    ),
  )
  return (
    <Dialog
      open
      width="wide"
      title={found.data?.name ?? connectionsText.one}
      description={found.data?.connectorTitle}
      onOpenChange={(open) => !open && onClose()}
      footer={
        found.data && may('connections.update') ? (
          <ConnectionActs connection={found.data} onGone={onClose} />
        ) : undefined
      }
    >
      {found.isPending && <Skeleton className="h-80 w-full" />}
      {found.isError && (
        <ErrorBanner
          message={codeOf(found.error) === 'NOT_FOUND' ? connectionsText.notFound : sentenceOf(found.error)}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.data && (
        <div className="space-y-5">
          <ConnectionFacts connection={found.data} />
          <TestPart connection={found.data} />
        </div>
      )}
    </Dialog>
  )
}

function ConnectionFacts({ connection }: { readonly connection: Connection }): ReactNode {
  const {
    state,
    stateReason,
    account,
    regionTitle,
    method,
    oauthProfile,
    grantedScopes,
    settings,
    secretsSet,
    usedBy,
  } = connection
  const settingOf = useSettingTitles(connection)
  const by =
    method === 'oauth'
      ? [connectionsText.methods.oauth, oauthProfile?.name].filter(Boolean).join(' · ')
      : connectionsText.methods.settings
  return (
    <Facts
      facts={[
        [
          connectionsText.columns.state,
          <div key="state">
            <StatusBadge status={connectionLooks[state]} word={connectionsText.states[state]} />
            {stateReason && <p className="mt-1">{stateReason}</p>}
          </div>,
        ],
        ...(connection.kind === 'source'
          ? [
              [connectionsText.account, account?.name ?? connectionsText.accountUnknown] as const,
              [connectionsText.methodIs, by] as const,
            ]
          : []),
        ...(regionTitle ? [[connectionsText.region, regionTitle] as const] : []),
        ...(grantedScopes
          ? [
              [
                connectionsText.grantedScopes,
                grantedScopes.map((scope) => titleOf(connection, scope)).join(', '),
              ] as const,
            ]
          : []),
        ...Object.entries(settings).map(
          ([name, value]) =>
            [name === 'apiBaseUrl' ? connectionsText.apiBaseUrl : settingOf(name), value] as const,
        ),
        ...(secretsSet.length > 0
          ? [
              [
                connectionsText.secrets,
                connectionsText.secretsSet(secretsSet.map(settingOf).join(', ')),
              ] as const,
            ]
          : []),
        [connectionsText.usedByTitle, <UsedBy key="used" usedBy={usedBy} />],
      ]}
    />
  )
}

/** A setting as the connector's manifest calls it. */
function useSettingTitles({ kind, connector }: Connection): (name: string) => string {
  const { data } = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const form = data?.find((one) => one.kind === kind && one.name === connector)
  return (name) => form?.settings.find((setting) => setting.name === name)?.title ?? name
}

/** A scope as the connector's manifest calls it. */
function titleOf({ check }: Connection, scope: string): string {
  return check?.scopes?.find((one) => one.scope === scope)?.title ?? scope
}

/** So many pipelines are named at first: what else is known of a connection should not be pushed out of sight. */
const namedAtFirst = 12

function UsedBy({ usedBy }: { readonly usedBy: Connection['usedBy'] }): ReactNode {
  const [all, setAll] = useState(false)
  if (usedBy.length === 0) return <span className="text-muted">{connectionsText.unused}</span>
  const named = all || usedBy.length <= namedAtFirst + 1 ? usedBy : usedBy.slice(0, namedAtFirst)
  return (
    <>
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {named.map(({ pipelineId, name }) => (
          <li key={pipelineId} className="min-w-0">
            <PipelineLink id={pipelineId} name={name} />
          </li>
        ))}
      </ul>
      {named.length < usedBy.length && (
        <Button size="small" className="mt-2" onClick={() => setAll(true)}>
          {connectionsText.usedByAll(usedBy.length)}
        </Button>
      )}
    </>
  )
}

function TestPart({ connection }: { readonly connection: Connection }): ReactNode {
  const may = useMay()
  const test = useMutation(
    api.connections.test.mutationOptions({
      onSuccess: async () => {
        toastDone(connectionsText.tested)
        await queryClient.invalidateQueries({ queryKey: api.connections.pathKey() })
      },
    }),
  )
  const check = test.data ?? connection.check
  return (
    <section>
      <div className="mb-2 flex items-center gap-3">
        <h3 className="flex-1 text-base font-semibold">{connectionsText.testResult}</h3>
        {check && (
          <span className="text-muted">
            <RelativeTime at={check.at} />
          </span>
        )}
        {may('connections.test') && (
          <Button
            size="small"
            icon={FlaskConical}
            busy={test.isPending}
            onClick={() => test.mutate({ id: connection.id })}
          >
            {connectionsText.test}
          </Button>
        )}
      </div>
      {test.isError && <ErrorBanner message={sentenceOf(test.error)} />}
      {check ? <CheckView check={check} /> : <p className="text-muted">{connectionsText.notTested}</p>}
    </section>
  )
}
