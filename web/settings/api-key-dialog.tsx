import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Role } from '../api/answers.ts'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { settingsText } from '../strings/settings.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { SecretDialog } from '../ui/secret-dialog.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { RoleField } from './role-field.tsx'

const text = settingsText.apiKeys
const terms = ['30', '90', '365'] as const

/** Makes a key, and shows it once. */
export function ApiKeyDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const [term, setTerm] = useState<(typeof terms)[number] | ''>('90')
  const create = useMutation(
    api.apiKeys.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.apiKeys.pathKey() }),
    }),
  )
  if (create.data) {
    return (
      <SecretDialog
        title={name}
        label={text.key}
        hint={text.keyHint}
        copyLabel={text.copyKey}
        value={create.data.key}
        onClose={onClose}
      />
    )
  }
  return (
    <FormDialog
      title={text.add}
      action={text.add}
      busy={create.isPending}
      error={create.isError ? sentenceOf(create.error) : undefined}
      onClose={onClose}
      onSubmit={() =>
        create.mutate({ name: name.trim(), role, ...(term ? { expiresInDays: Number(term) } : {}) })
      }
    >
      <TextField label={text.name} hint={text.nameHint} required value={name} onChange={setName} />
      <RoleField role={role} onChange={setRole} />
      <Field label={text.expires}>
        {(control) => (
          <Select
            {...control}
            value={term}
            options={[
              ...terms.map((days) => ({ value: days, label: text.days(days) })),
              { value: '' as const, label: text.noEnd },
            ]}
            onChange={setTerm}
          />
        )}
      </Field>
    </FormDialog>
  )
}
