import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Role } from '../api/answers.ts'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { settingsText } from '../strings/settings.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { SecretDialog } from '../ui/secret-dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { RoleField } from './role-field.tsx'

const text = settingsText.members

interface InviteDialogProps {
  /** Who was invited already, and gets another link in place of the one before. */
  readonly again?: { readonly email: string; readonly role: Role }
  readonly onClose: () => void
}

/** Invites someone: makes a link that is good once. */
export function InviteDialog({ again, onClose }: InviteDialogProps): ReactNode {
  const [email, setEmail] = useState(again?.email ?? '')
  const [role, setRole] = useState<Role>(again?.role ?? 'editor')
  const create = useMutation(
    api.invitations.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.invitations.pathKey() }),
    }),
  )
  if (create.data) {
    const { link, mailed } = create.data
    const hint = mailed ? text.linkMailed : text.linkHint
    return (
      <SecretDialog
        title={text.invitationOf(email.trim())}
        label={text.link}
        hint={hint}
        copyLabel={text.copyLink}
        value={link}
        elsewhere={mailed}
        onClose={onClose}
      />
    )
  }
  return (
    <FormDialog
      title={again ? text.newLinkFor(again.email) : text.inviteTitle}
      description={again ? text.newLinkHint : text.inviteHint}
      action={text.inviteAction}
      busy={create.isPending}
      error={create.isError ? sentenceOf(create.error) : undefined}
      onClose={onClose}
      onSubmit={() => create.mutate({ email: email.trim(), role })}
    >
      {!again && <TextField label={text.email} type="email" required value={email} onChange={setEmail} />}
      <RoleField role={role} onChange={setRole} />
    </FormDialog>
  )
}
