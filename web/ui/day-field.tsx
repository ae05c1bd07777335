import type { ReactNode } from 'react'
import { Input } from './input.tsx'

interface DayFieldProps {
  readonly label: string
  /** A day as YYYY-MM-DD. */
  readonly value: string | undefined
  readonly onChange: (day: string | undefined) => void
}

/** A day that a list begins or ends with; a phone has no room for it. */
export function DayField({ label, value, onChange }: DayFieldProps): ReactNode {
  return (
    <label className="text-muted flex items-center gap-1.5 max-sm:hidden">
      {label}
      <Input
        type="date"
        className="!w-36"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    </label>
  )
}
