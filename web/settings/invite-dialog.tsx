import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Role } from '../api/answers.ts'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { appText } from '../strings/app.ts'
import { settingsText } from '../strings/settings.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { SecretOnce } from '../ui/secret-once.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { roles } from './roles.ts'

const text = settingsText.members

/** Invites someone: makes a link that is good once. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const create = useMutation(
    api.invitations.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.invitations.pathKey() }),
    }),
  )
  if (create.data) {
    return (
      <Dialog
        open
        width="narrow"
        title={text.inviteTitle}
        onOpenChange={(open) => !open && onClose()}
        footer={
          <Button look="primary" onClick={onClose}>
            {settingsText.done}
          </Button>
        }
      >
        <SecretOnce
          label={text.link}
          hint={create.data.mailed ? `${text.linkHint} ${text.mailed}` : text.linkHint}
          copyLabel={text.copyLink}
          value={create.data.link}
        />
      </Dialog>
    )
  }
  return (
    <FormDialog
      title={text.inviteTitle}
      description={text.inviteHint}
      action={text.inviteAction}
      busy={create.isPending}
      error={create.isError ? sentenceOf(create.error) : undefined}
      onClose={onClose}
      onSubmit={() => create.mutate({ email: email.trim(), role })}
    >
      <TextField label={text.email} type="email" required value={email} onChange={setEmail} />
      <Field label={text.role}>
        {(control) => (
          <Select
            {...control}
            value={role}
            options={roles.map((one) => ({ value: one, label: appText.roles[one] }))}
            onChange={setRole}
          />
        )}
      </Field>
    </FormDialog>
  )
}
