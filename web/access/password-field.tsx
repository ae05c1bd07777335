import type { ReactNode } from 'react'
import { accessText } from '../strings/access.ts'
import { TextField } from '../ui/text-field.tsx'

interface PasswordFieldProps {
  /** One that is to be known already, or one that is being chosen. */
  readonly kind: 'current' | 'new'
  readonly label?: string
  readonly autoFocus?: boolean
  /** The focus of its dialog begins here. */
  readonly first?: boolean
  readonly value: string
  readonly onChange: (password: string) => void
}

const shortest = 12

/** A password; of one that is being chosen it says how long it has to be. */
export function PasswordField({
  kind,
  label = accessText.password,
  first = false,
  ...field
}: PasswordFieldProps): ReactNode {
  return (
    <TextField
      {...field}
      data-first={first || undefined}
      label={label}
      type="password"
      required
      autoComplete={`${kind}-password`}
      {...(kind === 'new' ? { minLength: shortest, hint: accessText.passwordHint } : {})}
    />
  )
}
