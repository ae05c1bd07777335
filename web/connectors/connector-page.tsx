import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { InstalledConnector } from './installed-connector.tsx'
import { NewConnector } from './new-connector.tsx'
import { OwnConnectorPage } from './own-connector-page.tsx'

const route = getRouteApi('/frame/connectors/$name')

interface ConnectorPageProps {
  /** Draws the connection dialog that a manifest makes. */
  readonly drawForm: (form: ConnectorForm) => ReactNode
}

/** One connector: its manifest and record schemas to read, edit, check, save, publish and try; under the name `new`, one to be written. */
export function ConnectorPage({ drawForm }: ConnectorPageProps): ReactNode {
  const { name } = route.useParams()
  const all = useQuery(api.connectors.own.queryOptions(undefined, { staleTime: 5_000 }))
  if (name === 'new') return <NewConnector drawForm={drawForm} />
  const own = all.data?.find((one) => one.name === name)
  if (own) return <OwnConnectorPage key={name} own={own} drawForm={drawForm} />
  if (all.isSuccess) return <InstalledConnector key={name} name={name} drawForm={drawForm} />
  return (
    <Page title={name} width="full">
      {all.isError ? (
        <ErrorBanner message={sentenceOf(all.error)} onRetry={() => void all.refetch()} />
      ) : (
        <Skeleton className="h-[32rem] w-full" />
      )}
    </Page>
  )
}
