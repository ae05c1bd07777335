import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Connection } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import type { DialogRequest } from '../navigation/dialog-requests.ts'
import { connectionsText } from '../strings/connections.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ConnectDone } from './connect-done.tsx'
import { ConnectorChoice } from './connector-choice.tsx'
import { DestinationForm } from './destination-form.tsx'
import { SourceForm } from './source-form.tsx'

interface ConnectDialogProps {
  readonly request: Extract<DialogRequest, { type: 'connect' }>
  readonly onClose: () => void
}

/** Makes a connection, or authorises one again: which connector, its form, and what the test found. */
export function ConnectDialog({ request, onClose }: ConnectDialogProps): ReactNode {
  const { kind, connectionId, onConnected } = request
  const connectors = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const previous = useQuery(
    api.connections.get.queryOptions({ id: connectionId ?? '' }, { enabled: connectionId !== undefined }),
  )
  const [chosen, setChosen] = useState(request.connector)
  const [made, setMade] = useState<Connection>()
  const connector = connectors.data?.find(({ name }) => name === (chosen ?? previous.data?.connector))
  const onMade = (connection: Connection): void => {
    setMade(connection)
    onConnected?.(connection.id)
  }
  const waiting = connectors.isPending || (connectionId !== undefined && previous.isPending)
  const choose = kind === 'source' ? connectionsText.chooseSource : connectionsText.chooseDestination
  return (
    <Dialog
      open
      title={
        made
          ? connectionsText.doneTitle
          : previous.data
            ? connectionsText.reauthorise(previous.data.name)
            : connector
              ? connectionsText.connectTo(connector.title)
              : choose
      }
      description={connector || made ? undefined : connectionsText.chooseHint[kind]}
      onOpenChange={(open) => !open && onClose()}
      onDismiss={(event) => {
        if (event.type !== 'keydown' && connector && !made) event.preventDefault()
      }}
    >
      {connectors.isError && (
        <ErrorBanner message={sentenceOf(connectors.error)} onRetry={() => void connectors.refetch()} />
      )}
      {waiting && <Skeleton className="h-64 w-full" />}
      {made && <ConnectDone connection={made} onClose={onClose} />}
      {!made && !waiting && connectors.data && !connector && (
        <ConnectorChoice
          connectors={connectors.data.filter((one) => one.kind === kind)}
          onChoose={setChosen}
        />
      )}
      {!made && !waiting && connector?.kind === 'source' && (
        <SourceForm
          connector={connector}
          previous={previous.data}
          onMade={onMade}
          {...(connectionId === undefined ? { onBack: () => setChosen(undefined) } : {})}
        />
      )}
      {!made && connector?.kind === 'destination' && (
        <DestinationForm connector={connector} onMade={onMade} onBack={() => setChosen(undefined)} />
      )}
    </Dialog>
  )
}
