import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type { ConnectorForm, OwnConnector } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { handedOver, handOver } from './first-save.ts'
import { keepFiles, keptFiles } from './kept-files.ts'
import { OwnState } from './own-state.tsx'
import { Workbench } from './workbench.tsx'

interface OwnConnectorPageProps {
  readonly own: OwnConnector
  readonly drawForm: (form: ConnectorForm) => ReactNode
}

/** A connector of the workspace's own: its draft, and what may be done with it. */
export function OwnConnectorPage({ own, drawForm }: OwnConnectorPageProps): ReactNode {
  const { name, title } = own
  const sources = useQuery(api.connections.list.queryOptions({ kind: 'source' }))
  const connections = sources.data?.filter(({ connector }) => connector === name).length ?? own.connections
  // What is edited begins with what is saved at this moment; whoever saves meanwhile is told of at the next save.
  const [first] = useState(() => handedOver(name))
  useEffect(() => handOver(undefined), [])
  const draft = useQuery(
    api.connectors.draft.queryOptions(
      { name },
      { enabled: first === undefined, staleTime: Infinity, gcTime: 0, refetchOnMount: 'always' },
    ),
  )
  const saved = draft.data ?? first
  const [time, setTime] = useState(0)
  const kept = keptFiles(name)
  return (
    <Page
      title={title}
      aside={<OwnState own={own} />}
      description={`${name} · ${words.connections(connections)}`}
      width="full"
    >
      {draft.isPending && !first && <Skeleton className="h-[32rem] w-full" />}
      {draft.isError && (
        <ErrorBanner message={sentenceOf(draft.error)} onRetry={() => void draft.refetch()} />
      )}
      {saved && (
        <Workbench
          key={time}
          name={name}
          saved={{ files: saved.files, revision: kept?.base ?? saved.revision }}
          start={kept ?? saved.files}
          place={time === 0 ? first?.place : undefined}
          readme=""
          own={own}
          drawForm={drawForm}
          onDiscard={() => {
            keepFiles(name, undefined)
            void draft.refetch().then(() => setTime(time + 1))
          }}
          onSaved={() => undefined}
        />
      )}
    </Page>
  )
}
