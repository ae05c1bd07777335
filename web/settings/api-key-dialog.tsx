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

const text = settingsText.apiKeys
const terms = ['30', '90', '365'] as const

/** Makes a key, and shows it once. */
export function ApiKeyDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const [term, setTerm] = useState<(typeof terms)[number] | ''>('90')
  const create = useMutation(
    api.apiKeys.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.apiKeys.pathKey() }),
    }),
  )
  if (create.data) {
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
        <SecretOnce label={text.key} hint={text.keyHint} copyLabel={text.copyKey} value={create.data.key} />
      </Dialog>
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
