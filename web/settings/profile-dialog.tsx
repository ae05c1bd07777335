import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { settingsText } from '../strings/settings.ts'
import { uiText } from '../strings/ui.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { SecretOnce } from '../ui/secret-once.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'

const text = settingsText.profiles

interface ProfileDialogProps {
  readonly profile: Answers['oauthProfiles']['list'][number] | undefined
  readonly onClose: () => void
}

/** Adds an OAuth app, or changes one; then shows the redirect address to register. */
export function ProfileDialog({ profile, onClose }: ProfileDialogProps): ReactNode {
  const connectors = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const able = connectors.data?.filter(({ methods }) => methods.includes('oauth')) ?? []
  const [connector, setConnector] = useState(profile?.connector ?? '')
  const [name, setName] = useState(profile?.name ?? '')
  const [clientId, setClientId] = useState('')
  const [clientSecret, setClientSecret] = useState('')
  const chosen = connector || able[0]?.name || ''
  const save = useMutation({
    mutationFn: async () => {
      if (!profile)
        return (
          await apiClient.oauthProfiles.create.mutate({
            connector: chosen,
            name: name.trim(),
            clientId: clientId.trim(),
            clientSecret,
          })
        ).redirectUri
      await apiClient.oauthProfiles.update.mutate({
        id: profile.id,
        name: name.trim(),
        ...(clientId ? { clientId: clientId.trim() } : {}),
        ...(clientSecret ? { clientSecret } : {}),
      })
      return profile.redirectUri
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.oauthProfiles.pathKey() }),
  })
  if (save.data !== undefined) {
    return (
      <Dialog
        open
        width="narrow"
        title={name}
        onOpenChange={(open) => !open && onClose()}
        footer={
          <Button look="primary" onClick={onClose}>
            {settingsText.done}
          </Button>
        }
      >
        <SecretOnce
          label={text.redirect}
          hint={text.redirectHint}
          copyLabel={text.copyRedirect}
          value={save.data}
        />
      </Dialog>
    )
  }
  return (
    <FormDialog
      title={profile ? text.editFor(profile.name) : text.add}
      action={uiText.save}
      busy={save.isPending}
      error={save.isError ? sentenceOf(save.error) : undefined}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      <Field label={text.connector}>
        {(control) => (
          <Select
            {...control}
            disabled={profile !== undefined}
            value={chosen}
            options={able.map((one) => ({ value: one.name, label: one.title }))}
            onChange={setConnector}
          />
        )}
      </Field>
      <TextField label={text.name} required value={name} onChange={setName} />
      <TextField
        label={text.clientId}
        required={!profile}
        hint={profile ? text.tail(profile.clientIdTail) : ''}
        autoComplete="off"
        value={clientId}
        onChange={setClientId}
      />
      <TextField
        label={text.clientSecret}
        required={!profile}
        hint={profile ? text.secretKept : ''}
        type="password"
        autoComplete="new-password"
        value={clientSecret}
        onChange={setClientSecret}
      />
    </FormDialog>
  )
}
