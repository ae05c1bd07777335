import type { ReactNode } from 'react'
import { accessText } from '../strings/access.ts'
import { TextField } from '../ui/text-field.tsx'
import { PasswordField } from './password-field.tsx'

/** Who someone says they are. */
export interface Account {
  readonly name: string
  readonly email: string
  readonly password: string
}

interface AccountFieldsProps {
  readonly account: Account
  /** An invitation says the address; it cannot be another. */
  readonly emailFixed?: boolean
  readonly onChange: (account: Account) => void
}

/** Name, e-mail and password of a new account. */
export function AccountFields({ account, emailFixed = false, onChange }: AccountFieldsProps): ReactNode {
  return (
    <>
      <TextField
        label={accessText.name}
        autoComplete="name"
        required
        autoFocus
        value={account.name}
        wrong={accessText.nameMissing}
        onChange={(name) => onChange({ ...account, name })}
      />
      <TextField
        label={accessText.email}
        type="email"
        autoComplete="username"
        required
        disabled={emailFixed}
        value={account.email}
        onChange={(email) => onChange({ ...account, email })}
      />
      <PasswordField
        kind="new"
        value={account.password}
        onChange={(password) => onChange({ ...account, password })}
      />
    </>
  )
}
