import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Questions } from '../api/answers.ts'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { settingsText } from '../strings/settings.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { SecretDialog } from '../ui/secret-dialog.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { TextField } from '../ui/text-field.tsx'
import { type AlertKind, alertKinds, KindChoice } from './kind-choice.tsx'

const text = settingsText.alerts
type ChannelKind = Questions['alerts']['createChannel']['kind']
const channelKinds = ['email', 'slack', 'webhook'] as const satisfies readonly ChannelKind[]
/** Adds a place where alerts go. */
export function ChannelDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [kind, setKind] = useState<ChannelKind>('email')
  const [name, setName] = useState('')
  const [target, setTarget] = useState('')
  const [secret, setSecret] = useState('')
  const [kinds, setKinds] = useState<readonly AlertKind[]>(alertKinds)
  const create = useMutation(
    api.alerts.createChannel.mutationOptions({
      onSuccess: ({ secret: made }) => {
        if (made === null || secret) onClose()
        return queryClient.invalidateQueries({ queryKey: api.alerts.pathKey() })
      },
    }),
  )
  if (create.data?.secret) {
    return (
      <SecretDialog
        title={name}
        label={text.secret}
        hint={text.secretShown}
        copyLabel={text.copySecret}
        value={create.data.secret}
        onClose={onClose}
      />
    )
  }
  return (
    <FormDialog
      title={text.add}
      action={text.add}
      busy={create.isPending}
      disabled={kinds.length === 0}
      error={create.isError ? sentenceOf(create.error) : undefined}
      onClose={onClose}
      onSubmit={() =>
        create.mutate({
          kind,
          name: name.trim(),
          kinds: [...kinds],
          target: target.trim(),
          ...(kind === 'webhook' && secret ? { secret } : {}),
        })
      }
    >
      <Segmented
        label={text.kind}
        value={kind}
        options={channelKinds.map((one) => ({ value: one, label: text.kinds[one] }))}
        onChange={setKind}
      />
      <TextField label={text.name} required value={name} onChange={setName} />
      <WhereFields kind={kind} target={target} secret={secret} onTarget={setTarget} onSecret={setSecret} />
      <KindChoice kinds={kinds} onChange={setKinds} />
    </FormDialog>
  )
}

interface WhereFieldsProps {
  readonly kind: ChannelKind
  readonly target: string
  readonly secret: string
  readonly onTarget: (target: string) => void
  readonly onSecret: (secret: string) => void
}

function WhereFields({ kind, target, secret, onTarget, onSecret }: WhereFieldsProps): ReactNode {
  return (
    <>
      <TextField
        key={kind}
        label={kind === 'email' ? text.address : text.url}
        type={kind === 'email' ? 'email' : 'url'}
        required
        value={target}
        onChange={onTarget}
      />
      {kind === 'webhook' && (
        <TextField
          label={text.secret}
          hint={text.secretHint}
          type="password"
          autoComplete="new-password"
          minLength={16}
          value={secret}
          onChange={onSecret}
        />
      )}
    </>
  )
}
