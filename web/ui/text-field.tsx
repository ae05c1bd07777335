import type { ComponentProps, ReactNode } from 'react'
import { Field } from './field.tsx'
import { Input } from './input.tsx'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly error?: string | undefined
}

/** A labelled line of text. */
export function TextField({ label, value, onChange, hint, error, ...input }: TextFieldProps): ReactNode {
  return (
    <Field label={label} hint={hint} error={error} required={input.required ?? false}>
      {(control) => (
        <Input {...input} {...control} value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  )
}
