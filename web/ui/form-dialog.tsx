import { type ReactNode, useId } from 'react'
import { uiText } from '../strings/ui.ts'
import { Button } from './button.tsx'
import { Dialog, type DialogProps } from './dialog.tsx'
import { ErrorBanner } from './error-banner.tsx'
import { Form } from './form.tsx'

interface FormDialogProps extends Pick<
  DialogProps,
  'title' | 'description' | 'width' | 'onCloseAutoFocus' | 'veiled'
> {
  /** The verb on the button. */
  readonly action: string
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly error?: string | undefined
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog with a few fields and one verb. Enter sends it. */
export function FormDialog({
  action,
  busy = false,
  disabled = false,
  error,
  onSubmit,
  onClose,
  children,
  ...dialog
}: FormDialogProps): ReactNode {
  const id = useId()
  return (
    <Dialog
      width="narrow"
      {...dialog}
      open
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <Button type="submit" form={id} look="primary" busy={busy} disabled={disabled}>
            {action}
          </Button>
        </>
      }
    >
      <Form id={id} className="space-y-4" onSubmit={() => busy || onSubmit()}>
        {error && <ErrorBanner message={error} />}
        {children}
      </Form>
    </Dialog>
  )
}
