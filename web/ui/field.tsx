import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useFault } from './form.tsx'

/** What a control needs so that its label, hint and error are read with it. Spread it over the control. */
export interface FieldControl {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
  readonly 'aria-required': true | undefined
}

interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly required?: boolean
  readonly children: (control: FieldControl) => ReactNode
}

/** A control with its label above, and below it its hint, and what is wrong: the error given, or what its form found. */
export function Field({ label, hint, required, children, ...given }: FieldProps): ReactNode {
  const id = useId()
  const fault = useFault(id)
  const error = given.error ?? fault
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = [error && errorId, hint && hintId].filter(Boolean).join(' ') || undefined
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block font-medium wrap-anywhere">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': describedBy,
        'aria-invalid': error ? true : undefined,
        'aria-required': required ? true : undefined,
      })}
      {error && (
        <p id={errorId} className="text-bad mt-1 flex gap-1">
          <CircleAlert aria-hidden size={14} className="mt-0.5 shrink-0" />
          {error}
        </p>
      )}
      {hint && (
        <div id={hintId} className="text-muted mt-1">
          {hint}
        </div>
      )}
    </div>
  )
}
