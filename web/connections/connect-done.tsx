import type { ReactNode } from 'react'
import type { Connection } from '../api/answers.ts'
import { connectionsText } from '../strings/connections.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { CheckView } from './check-view.tsx'

interface ConnectDoneProps {
  readonly connection: Connection
  readonly onClose: () => void
}

/** The end of connecting: whose account it is, and what works. */
export function ConnectDone({ connection, onClose }: ConnectDoneProps): ReactNode {
  const { account, name, check, regionTitle } = connection
  return (
    <div className="space-y-4">
      <Notice tone="ok" title={connectionsText.doneAs(account?.name ?? name)}>
        {regionTitle}
      </Notice>
      {check && <CheckView check={check} />}
      <div className="flex justify-end">
        <Button look="primary" autoFocus onClick={onClose}>
          {connectionsText.done}
        </Button>
      </div>
    </div>
  )
}
