import type { ReactNode } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { connectionsText } from '../strings/connections.ts'
import { TextField } from '../ui/text-field.tsx'

interface SettingFieldsProps {
  readonly settings: ConnectorForm['settings']
  readonly values: Readonly<Record<string, string>>
  /** The connection is there: a secret that is left empty stays as it is. */
  readonly kept?: boolean
  readonly onChange: (values: Readonly<Record<string, string>>) => void
}

/** One field for each setting that the manifest names. A secret is hidden, and never filled in. */
export function SettingFields({ settings, values, kept = false, onChange }: SettingFieldsProps): ReactNode {
  return settings.map(({ name, title, description, secret, optional }) => (
    <TextField
      key={name}
      label={optional ? `${title} (${connectionsText.optional})` : title}
      hint={[description, kept && secret && connectionsText.secretKept].filter(Boolean).join(' ')}
      type={secret ? 'password' : 'text'}
      autoComplete={secret ? 'new-password' : 'off'}
      spellCheck={false}
      required={!optional && !(kept && secret)}
      value={values[name] ?? ''}
      onChange={(value) => onChange({ ...values, [name]: value })}
    />
  ))
}
