import { type ReactNode, useRef, useState } from 'react'
import { uiText } from '../strings/ui.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Notice } from './notice.tsx'
import { SecretOnce, type SecretOnceProps } from './secret-once.tsx'

interface SecretDialogProps extends SecretOnceProps {
  readonly title: string
  /** It is known elsewhere, too: nothing is lost with the dialog. */
  readonly elsewhere?: boolean
  readonly onClose: () => void
}

/** The end of making something that is shown only now: closes once it was copied, or when someone says that they have it. */
export function SecretDialog({ title, elsewhere = false, onClose, ...secret }: SecretDialogProps): ReactNode {
  const [safe, setSafe] = useState(elsewhere)
  const [asked, setAsked] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const leave = (): void => {
    if (safe) return onClose()
    setAsked(true)
    box.current?.querySelector('button')?.focus()
  }
  return (
    <Dialog
      open
      width="narrow"
      title={title}
      onOpenChange={(open) => open || leave()}
      footer={
        <Button look={safe ? 'primary' : 'plain'} onClick={onClose}>
          {safe ? uiText.done : uiText.haveIt}
        </Button>
      }
    >
      <div ref={box} className="space-y-4">
        <SecretOnce {...secret} onCopied={() => setSafe(true)} />
        {asked && !safe && (
          <div role="alert">
            <Notice tone="warn">{uiText.notKeptYet}</Notice>
          </div>
        )}
      </div>
    </Dialog>
  )
}
