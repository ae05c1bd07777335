import type { ReactNode } from 'react'
import { uiText } from '../strings/ui.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { SecretOnce, type SecretOnceProps } from './secret-once.tsx'

interface SecretDialogProps extends SecretOnceProps {
  readonly title: string
  readonly onClose: () => void
}

/** The end of making something that is shown only now. */
export function SecretDialog({ title, onClose, ...secret }: SecretDialogProps): ReactNode {
  return (
    <Dialog
      open
      width="narrow"
      title={title}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <Button look="primary" onClick={onClose}>
          {uiText.done}
        </Button>
      }
    >
      <SecretOnce {...secret} />
    </Dialog>
  )
}
