import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { api, codeOf, sentenceOf } from '../api/client.ts'
import { connectorsText } from '../strings/connectors.ts'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { type ConnectorFiles, keepFiles, keptFiles } from './kept-files.ts'
import { StartingPoints } from './starting-points.tsx'
import { Workbench } from './workbench.tsx'

const route = getRouteApi('/frame/connectors/$name')

interface ConnectorPageProps {
  /** Draws the connection dialog that a manifest makes. */
  readonly drawForm: (form: ConnectorForm) => ReactNode
}

/** One connector: its manifest and record schemas to read, edit, check and try; under the name `new`, one to be written. */
export function ConnectorPage({ drawForm }: ConnectorPageProps): ReactNode {
  const { name } = route.useParams()
  return name === 'new' ? (
    <NewConnector drawForm={drawForm} />
  ) : (
    <KnownConnector key={name} name={name} drawForm={drawForm} />
  )
}

function NewConnector({ drawForm }: ConnectorPageProps): ReactNode {
  const [files, setFiles] = useState<ConnectorFiles | undefined>(() => keptFiles('new'))
  return (
    <Page
      title={connectorsText.newTitle}
      width="full"
      description={files ? undefined : connectorsText.newHint}
    >
      {files ? (
        <Workbench
          name="new"
          original={undefined}
          start={files}
          readme=""
          drawForm={drawForm}
          onDiscard={() => {
            keepFiles('new', undefined)
            setFiles(undefined)
          }}
        />
      ) : (
        <StartingPoints
          onChoose={(chosen) => {
            keepFiles('new', chosen)
            setFiles(chosen)
          }}
        />
      )}
    </Page>
  )
}

interface KnownConnectorProps extends ConnectorPageProps {
  readonly name: string
}

function KnownConnector({ name, drawForm }: KnownConnectorProps): ReactNode {
  const source = useQuery(api.connectors.source.queryOptions({ name }, { staleTime: Infinity }))
  const known = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const [version, setVersion] = useState(0)
  const form = known.data?.find((connector) => connector.name === name)
  return (
    <Page
      title={form?.title ?? (codeOf(source.error) === 'NOT_FOUND' ? connectorsText.notFound : name)}
      description={form?.description}
      width="full"
    >
      {source.isPending && <Skeleton className="h-[32rem] w-full" />}
      {source.isError && (
        <ErrorBanner message={sentenceOf(source.error)} onRetry={() => void source.refetch()} />
      )}
      {source.data && (
        <Workbench
          key={version}
          name={name}
          original={source.data}
          start={keptFiles(name) ?? source.data}
          readme={source.data.readme}
          drawForm={drawForm}
          onDiscard={() => {
            keepFiles(name, undefined)
            setVersion(version + 1)
          }}
        />
      )}
    </Page>
  )
}
