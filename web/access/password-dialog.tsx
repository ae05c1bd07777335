import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { changePassword } from '../api/authenticate.ts'
import { accessText } from '../strings/access.ts'
import { uiText } from '../strings/ui.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toastDone } from '../ui/toaster.tsx'

const formId = 'password-form'

/** Changes the password of whoever is signed in. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      toastDone(accessText.passwordChanged)
      onClose()
    },
  })
  return (
    <Dialog
      open
      width="narrow"
      title={accessText.changePassword}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <Button type="submit" form={formId} look="primary" busy={change.isPending}>
            {accessText.changePassword}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        {change.isError && <ErrorBanner message={change.error.message} />}
        <TextField
          label={accessText.currentPassword}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label={accessText.newPassword}
          type="password"
          autoComplete="new-password"
          required
          minLength={12}
          hint={accessText.passwordHint}
          value={next}
          onChange={setNext}
        />
      </form>
    </Dialog>
  )
}
