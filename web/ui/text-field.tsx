import type { ComponentProps, ReactNode } from 'react'
import { Field } from './field.tsx'
import { Input } from './input.tsx'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly error?: string | undefined
  /** What is said when it is sent as it must not be; a common sentence unless given. */
  readonly wrong?: string
}

/** A labelled line of text. */
export function TextField({
  label,
  value,
  onChange,
  hint,
  error,
  wrong,
  ...input
}: TextFieldProps): ReactNode {
  return (
    <Field label={label} hint={hint} error={error} required={input.required ?? false}>
      {(control) => (
        <Input
          {...input}
          {...control}
          data-wrong={wrong}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
