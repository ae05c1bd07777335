import type { ReactNode } from 'react'
import { accessText } from '../strings/access.ts'
import { TextField } from '../ui/text-field.tsx'
import type { Account, AccountErrors } from './check-account.ts'

interface AccountFieldsProps {
  readonly account: Account
  readonly errors: AccountErrors
  /** An invitation says the address; it cannot be another. */
  readonly emailFixed?: boolean
  readonly onChange: (account: Account) => void
}

/** Name, e-mail and password of a new account. */
export function AccountFields({
  account,
  errors,
  emailFixed = false,
  onChange,
}: AccountFieldsProps): ReactNode {
  return (
    <>
      <TextField
        label={accessText.name}
        autoComplete="name"
        required
        autoFocus
        value={account.name}
        error={errors.name}
        onChange={(name) => onChange({ ...account, name })}
      />
      <TextField
        label={accessText.email}
        type="email"
        autoComplete="username"
        required
        disabled={emailFixed}
        value={account.email}
        error={errors.email}
        onChange={(email) => onChange({ ...account, email })}
      />
      <TextField
        label={accessText.password}
        type="password"
        autoComplete="new-password"
        required
        hint={accessText.passwordHint}
        value={account.password}
        error={errors.password}
        onChange={(password) => onChange({ ...account, password })}
      />
    </>
  )
}
