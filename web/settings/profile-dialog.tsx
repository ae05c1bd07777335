import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { settingsText } from '../strings/settings.ts'
import { uiText } from '../strings/ui.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { SecretOnce } from '../ui/secret-once.tsx'
import { SecretDialog } from '../ui/secret-dialog.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'

const text = settingsText.profiles
type Profile = Answers['oauthProfiles']['list'][number]

interface ProfileDialogProps {
  /** The one to change; undefined: a new one. */
  readonly profile: Profile | undefined
  readonly onClose: () => void
}

interface ProfileDraft {
  readonly connector: string
  readonly name: string
  readonly clientId: string
  readonly clientSecret: string
}

/** Adds an OAuth app, or changes one; then shows the redirect address to register. */
export function ProfileDialog({ profile, onClose }: ProfileDialogProps): ReactNode {
  const [draft, setDraft] = useState<ProfileDraft>({
    connector: profile?.connector ?? '',
    name: profile?.name ?? '',
    clientId: '',
    clientSecret: '',
  })
  const save = useMutation({
    mutationFn: () => saveProfile(profile, draft),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.oauthProfiles.pathKey() }),
  })
  if (save.data) {
    return (
      <SecretDialog
        title={draft.name}
        label={text.redirect}
        hint={text.redirectHint}
        copyLabel={text.copyRedirect}
        value={save.data.redirectUri}
        elsewhere
        onClose={onClose}
      />
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
      <ConnectorField
        connector={draft.connector}
        fixed={profile !== undefined}
        onChange={(connector) => setDraft({ ...draft, connector })}
      />
      {!profile && (
        <SecretOnce
          label={text.redirect}
          hint={text.redirectHint}
          copyLabel={text.copyRedirect}
          value={`${location.origin}/oauth/callback`}
        />
      )}
      <TextField
        label={text.name}
        required
        value={draft.name}
        onChange={(name) => setDraft({ ...draft, name })}
      />
      <ClientFields profile={profile} draft={draft} onChange={setDraft} />
    </FormDialog>
  )
}

interface ClientFieldsProps {
  readonly profile: Profile | undefined
  readonly draft: ProfileDraft
  readonly onChange: (draft: ProfileDraft) => void
}

function ClientFields({ profile, draft, onChange }: ClientFieldsProps): ReactNode {
  return (
    <>
      <TextField
        label={text.clientId}
        required={!profile}
        hint={profile ? text.tail(profile.clientIdTail) : ''}
        autoComplete="off"
        value={draft.clientId}
        onChange={(clientId) => onChange({ ...draft, clientId })}
      />
      <TextField
        label={text.clientSecret}
        required={!profile}
        hint={profile ? text.secretKept : ''}
        type="password"
        autoComplete="new-password"
        value={draft.clientSecret}
        onChange={(clientSecret) => onChange({ ...draft, clientSecret })}
      />
    </>
  )
}

interface ConnectorFieldProps {
  readonly connector: string
  readonly fixed: boolean
  readonly onChange: (connector: string) => void
}

function ConnectorField({ connector, fixed, onChange }: ConnectorFieldProps): ReactNode {
  const connectors = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const able = connectors.data?.filter(({ methods }) => methods.includes('oauth')) ?? []
  const options = able.map(({ name, title }) => ({ value: name, label: title }))
  return (
    <Field label={text.connector}>
      {(control) => (
        <Select
          {...control}
          required
          disabled={fixed}
          value={connector}
          options={[{ value: '', label: text.chooseConnector }, ...options]}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

async function saveProfile(profile: Profile | undefined, draft: ProfileDraft): Promise<Profile> {
  const { connector, clientSecret } = draft
  const [name, clientId] = [draft.name.trim(), draft.clientId.trim()]
  if (!profile)
    return await apiClient.oauthProfiles.create.mutate({ connector, name, clientId, clientSecret })
  return await apiClient.oauthProfiles.update.mutate({
    id: profile.id,
    name,
    ...(clientId ? { clientId } : {}),
    ...(clientSecret ? { clientSecret } : {}),
  })
}
