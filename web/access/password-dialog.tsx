import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { changePassword } from '../api/authenticate.ts'
import { accessText } from '../strings/access.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { toastDone } from '../ui/toaster.tsx'
import { PasswordField } from './password-field.tsx'

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
    <FormDialog
      title={accessText.changePassword}
      action={accessText.changePassword}
      busy={change.isPending}
      error={change.isError ? change.error.message : undefined}
      onClose={onClose}
      onSubmit={() => change.mutate()}
    >
      <PasswordField
        kind="current"
        label={accessText.currentPassword}
        value={current}
        onChange={setCurrent}
      />
      <PasswordField kind="new" label={accessText.newPassword} value={next} onChange={setNext} />
    </FormDialog>
  )
}
