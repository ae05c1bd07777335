import { Plug } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMay } from '../api/session.ts'
import { askFor } from '../navigation/dialog-requests.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { uiText } from '../strings/ui.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'

interface PublishedDialogProps {
  readonly name: string
  readonly version: number
  readonly onClose: () => void
}

/** It is published: the way on is a connection. */
export function PublishedDialog({ name, version, onClose }: PublishedDialogProps): ReactNode {
  const mayConnect = useMay()('connections.createSource')
  return (
    <Dialog
      open
      title={words.published(version)}
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>{uiText.close}</Button>
          {mayConnect && (
            <Button
              look="primary"
              icon={Plug}
              autoFocus
              onClick={() => {
                onClose()
                askFor({ type: 'connect', kind: 'source', connector: name })
              }}
            >
              {words.connect}
            </Button>
          )}
        </>
      }
    >
      <Notice tone="ok" title={words.publishedHint}>
        {mayConnect && <p>{words.connectHint}</p>}
      </Notice>
    </Dialog>
  )
}
