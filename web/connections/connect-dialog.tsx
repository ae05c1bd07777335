import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Connection, ConnectorForm } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import type { DialogRequest } from '../navigation/dialog-requests.ts'
import { connectionsText } from '../strings/connections.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ConnectDone } from './connect-done.tsx'
import { ConnectorChoice } from './connector-choice.tsx'
import { DestinationForm } from './destination-form.tsx'
import { forgetAttempt } from './kept-attempt.ts'
import type { FormStart } from './source-draft.ts'
import { SourceForm } from './source-form.tsx'
import { useCanSignIn } from './use-can-sign-in.ts'

interface ConnectDialogProps {
  readonly request: Extract<DialogRequest, { type: 'connect' }>
  readonly onClose: () => void
}

/** Makes a connection, or authorises one again: which connector, its form, and what the test found. */
export function ConnectDialog({ request, onClose }: ConnectDialogProps): ReactNode {
  const { kind, connectionId, onConnected } = request
  const [chosen, setChosen] = useState(request.connector)
  const { connectors, previous, connector, start, waiting } = useConnector(chosen, connectionId)
  const [made, setMade] = useState<Connection>()
  const [dirty, setDirty] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const close = (): void => {
    // Who closes the dialog waits for no sign-in any more: it must not come up again by itself.
    forgetAttempt()
    onClose()
  }
  // What was typed is lost with the dialog, so it asks first.
  const leave = (): void => (dirty && connector && !made ? setLeaving(true) : close())
  const onMade = (connection: Connection): void => {
    setMade(connection)
    onConnected?.(connection.id)
  }
  return (
    <Dialog
      open
      title={made ? connectionsText.doneTitle : titleOf(kind, connector, previous.data)}
      description={connector || made ? undefined : connectionsText.chooseHint[kind]}
      onOpenChange={(open) => !open && leave()}
      onDismiss={(event) => {
        if (event.type !== 'keydown' && connector && !made) event.preventDefault()
      }}
    >
      {connectors.isError && (
        <ErrorBanner message={sentenceOf(connectors.error)} onRetry={() => void connectors.refetch()} />
      )}
      {waiting && <Skeleton className="h-64 w-full" />}
      {made && (
        <ConnectDone
          connection={made}
          leadsOn={made.kind === 'source' && connectionId === undefined && !onConnected}
          onClose={close}
        />
      )}
      {!made && !waiting && connectors.data && !connector && (
        <ConnectorChoice
          connectors={connectors.data.filter((one) => one.kind === kind)}
          onChoose={setChosen}
        />
      )}
      {!made && !waiting && connector && (
        <div role="presentation" ref={focusFirstField} onInput={() => setDirty(true)}>
          <ConnectForm
            connector={connector}
            previous={previous.data}
            start={start}
            onMade={onMade}
            onBack={connectionId === undefined ? () => setChosen(undefined) : undefined}
          />
        </div>
      )}
      <LeaveQuestion open={leaving} onOpenChange={setLeaving} onLeave={close} />
    </Dialog>
  )
}

/** The connector that was chosen, or of the connection that is authorised again, and what its form has to know before it opens. */
function useConnector(chosen: string | undefined, connectionId: string | undefined) {
  const connectors = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const previous = useQuery(
    api.connections.get.queryOptions({ id: connectionId ?? '' }, { enabled: connectionId !== undefined }),
  )
  const connector = connectors.data?.find(({ name }) => name === (chosen ?? previous.data?.connector))
  const others = useQuery(api.connections.list.queryOptions({}))
  const canSignIn = useCanSignIn(connector)
  const waiting =
    connectors.isPending ||
    (connectionId !== undefined && previous.isPending) ||
    (connector !== undefined && (canSignIn === undefined || others.isPending))
  const taken = others.data?.map(({ name }) => name) ?? []
  return { connectors, previous, connector, start: { canSignIn: canSignIn === true, taken }, waiting }
}

/** The button that chose the connector is gone: the form goes on with the focus. */
function focusFirstField(form: HTMLElement | null): void {
  form?.querySelector<HTMLElement>('input, select, textarea')?.focus()
}

function titleOf(
  kind: 'source' | 'destination',
  connector: ConnectorForm | undefined,
  previous: Connection | undefined,
): string {
  if (previous) return connectionsText.reauthorise(previous.name)
  if (connector) return connectionsText.connectTo(connector.title)
  return kind === 'source' ? connectionsText.chooseSource : connectionsText.chooseDestination
}

interface LeaveQuestionProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onLeave: () => void
}

function LeaveQuestion({ open, onOpenChange, onLeave }: LeaveQuestionProps): ReactNode {
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={connectionsText.leaveTitle}
      action={connectionsText.leaveAction}
      onConfirm={onLeave}
    >
      <p>{connectionsText.leaveText}</p>
    </ConfirmDialog>
  )
}

interface ConnectFormProps {
  readonly connector: ConnectorForm
  readonly previous: Connection | undefined
  readonly start: FormStart
  readonly onMade: (connection: Connection) => void
  /** Absent where the connector is given. */
  readonly onBack: (() => void) | undefined
}

function ConnectForm({ connector, previous, start, onMade, onBack }: ConnectFormProps): ReactNode {
  const back = onBack ? { onBack } : {}
  if (connector.kind === 'source') return <SourceForm {...{ connector, previous, start, onMade, ...back }} />
  return <DestinationForm {...{ connector, onMade }} taken={start.taken} onBack={onBack ?? nothing} />
}

const nothing = (): void => {}
