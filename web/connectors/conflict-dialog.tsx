import type { ReactNode } from 'react'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { uiText } from '../strings/ui.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { FilesDiff } from './files-diff.tsx'
import type { ConnectorFiles } from './kept-files.ts'
import type { SaveConflict } from './use-saving.ts'

interface ConflictDialogProps {
  readonly conflict: SaveConflict
  readonly mine: ConnectorFiles
  readonly busy: boolean
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
  readonly onClose: () => void
}

/** Two people saved: what differs, and whose files stay. Until one is chosen nothing is lost. */
export function ConflictDialog(props: ConflictDialogProps): ReactNode {
  const { conflict, mine, busy, onKeepMine, onTakeTheirs, onClose } = props
  return (
    <Dialog
      open
      width="wide"
      title={words.conflictTitle}
      description={words.conflictHint}
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <Button
            onClick={() => {
              onClose()
              onTakeTheirs()
            }}
          >
            {words.takeTheirs}
          </Button>
          <Button look="primary" busy={busy} onClick={onKeepMine}>
            {words.keepMine}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Notice tone="warn">{conflict.sentence}</Notice>
        <FilesDiff before={conflict.files} after={mine} />
      </div>
    </Dialog>
  )
}
