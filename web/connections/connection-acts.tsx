import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Connection } from '../api/answers.ts'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { askFor } from '../navigation/dialog-requests.ts'
import { connectionsText } from '../strings/connections.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Name } from '../ui/name.tsx'
import { toastDone, toastFailed } from '../ui/toaster.tsx'
import { EditConnection } from './edit-connection.tsx'
import { PausedPipelines } from './paused-pipelines.tsx'

interface ConnectionActsProps {
  readonly connection: Connection
  /** The connection is there no more. */
  readonly onGone: () => void
}

type Question = 'edit' | 'disconnect' | 'remove' | 'wipe'

/** What can be done to a connection; what is hard to undo asks first and says what stops. */
export function ConnectionActs({ connection, onGone }: ConnectionActsProps): ReactNode {
  const [question, setQuestion] = useState<Question>()
  const may = useMay()
  const close = (): void => setQuestion(undefined)
  const { id, kind, state } = connection
  return (
    <div className="flex w-full flex-wrap gap-2">
      {kind === 'source' && (
        <Button
          look={state === 'needs_reauthorisation' || state === 'disconnected' ? 'primary' : 'plain'}
          onClick={() => askFor({ type: 'connect', kind, connectionId: id })}
        >
          {connectionsText.reauthoriseAction}
        </Button>
      )}
      <Button onClick={() => setQuestion('edit')}>{connectionsText.edit}</Button>
      <span className="flex-1 max-sm:hidden" />
      {state !== 'disconnected' && kind === 'source' && (
        <Button onClick={() => setQuestion('disconnect')}>{connectionsText.disconnect}</Button>
      )}
      <Button look="danger" onClick={() => setQuestion('remove')}>
        {connectionsText.remove}
      </Button>
      {may('wipes.start') && kind === 'source' && (
        <Button look="danger" onClick={() => setQuestion('wipe')}>
          {connectionsText.wipe}
        </Button>
      )}
      {question === 'edit' && <EditConnection connection={connection} onClose={close} />}
      {question && question !== 'edit' && (
        <Confirmation question={question} connection={connection} onClose={close} onGone={onGone} />
      )}
    </div>
  )
}

interface ConfirmationProps {
  readonly question: Exclude<Question, 'edit'>
  readonly connection: Connection
  readonly onClose: () => void
  readonly onGone: () => void
}

function Confirmation({ question, connection, onClose, onGone }: ConfirmationProps): ReactNode {
  const { id, name, usedBy } = connection
  const acts = useActs(onClose, onGone)
  const ask = { open: true, onOpenChange: (open: boolean) => !open && onClose() }
  const used = usedBy.length > 0 && (
    <ul className="list-disc pl-5">
      {usedBy.map((pipeline) => (
        <li key={pipeline.pipelineId}>
          <Name>{pipeline.name}</Name>
        </li>
      ))}
    </ul>
  )
  switch (question) {
    case 'disconnect':
      return (
        <ConfirmDialog
          {...ask}
          title={connectionsText.disconnectTitle(name)}
          action={connectionsText.disconnect}
          busy={acts.disconnect.isPending}
          onConfirm={() => acts.disconnect.mutate({ id })}
        >
          <p>{used ? connectionsText.disconnectText : connectionsText.disconnectNone}</p>
          {used}
        </ConfirmDialog>
      )
    case 'remove':
      return (
        <ConfirmDialog
          {...ask}
          title={connectionsText.removeTitle(name)}
          action={connectionsText.remove}
          busy={acts.remove.isPending}
          onConfirm={() => acts.remove.mutate({ id })}
        >
          <p>{used ? connectionsText.removeUsed : connectionsText.removeText}</p>
          {used}
        </ConfirmDialog>
      )
    case 'wipe':
      return (
        <ConfirmDialog
          {...ask}
          title={connectionsText.wipeTitle(name)}
          action={connectionsText.wipe}
          typed="DELETE"
          busy={acts.wipe.isPending}
          onConfirm={() => acts.wipe.mutate({ connectionId: id, confirm: 'DELETE' })}
        >
          <p>{connectionsText.wipeText}</p>
          <PausedPipelines pipelines={usedBy} />
        </ConfirmDialog>
      )
  }
}

function useActs(onClose: () => void, onGone: () => void) {
  const settle = (message: string, then: () => void) => ({
    onSuccess: async () => {
      toastDone(message)
      then()
      await queryClient.invalidateQueries({ queryKey: api.connections.pathKey() })
    },
    onError: (error: unknown) => {
      toastFailed(sentenceOf(error))
      onClose()
    },
  })
  return {
    disconnect: useMutation(
      api.connections.disconnect.mutationOptions(settle(connectionsText.disconnected, onClose)),
    ),
    remove: useMutation(api.connections.remove.mutationOptions(settle(connectionsText.removed, onGone))),
    wipe: useMutation(api.wipes.start.mutationOptions(settle(connectionsText.wipeStarted, onClose))),
  }
}
