import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { api, codeOf, sentenceOf } from '../api/client.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Badge } from '../ui/badge.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { keepFiles, keptFiles } from './kept-files.ts'
import { Workbench } from './workbench.tsx'

interface InstalledConnectorProps {
  readonly name: string
  readonly drawForm: (form: ConnectorForm) => ReactNode
}

/** A connector that comes with Penstock: to be read, and to be tried with edits of one's own. */
export function InstalledConnector({ name, drawForm }: InstalledConnectorProps): ReactNode {
  const source = useQuery(api.connectors.source.queryOptions({ name }, { staleTime: Infinity }))
  const known = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const [time, setTime] = useState(0)
  const form = known.data?.find((connector) => connector.name === name)
  return (
    <Page
      title={form?.title ?? (codeOf(source.error) === 'NOT_FOUND' ? connectorsText.notFound : name)}
      description={form?.description}
      aside={form && <Badge>{words.comesWith}</Badge>}
      width="full"
    >
      {source.isPending && <Skeleton className="h-[32rem] w-full" />}
      {source.isError && (
        <ErrorBanner message={sentenceOf(source.error)} onRetry={() => void source.refetch()} />
      )}
      {source.data && (
        <Workbench
          key={time}
          name={name}
          saved={{ files: source.data, revision: null }}
          start={keptFiles(name) ?? source.data}
          readme={source.data.readme}
          fixed
          drawForm={drawForm}
          onDiscard={() => {
            keepFiles(name, undefined)
            setTime(time + 1)
          }}
          onSaved={() => undefined}
        />
      )}
    </Page>
  )
}
