import { CalendarDays } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { Input } from './input.tsx'

/** The first and the last day of a list, each as YYYY-MM-DD. */
export interface Days {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

interface DayRangeProps {
  readonly words: { readonly days: string; readonly from: string; readonly to: string }
  readonly days: Days
  /** Only what changed is in it. */
  readonly onChange: (days: Days) => void
}

/** The days that a list begins and ends with. On a phone they are asked for with a button, and stay while one of them is set. */
export function DayRange({ words, days: { from, to }, onChange }: DayRangeProps): ReactNode {
  const id = useId()
  const [asked, setAsked] = useState(false)
  const isSet = from !== undefined || to !== undefined
  return (
    <>
      {!isSet && (
        <Button
          icon={CalendarDays}
          className="sm:hidden"
          aria-expanded={asked}
          aria-controls={id}
          onClick={() => setAsked(!asked)}
        >
          {words.days}
        </Button>
      )}
      <div
        id={id}
        className={classNames(
          'flex gap-2 max-sm:w-full max-sm:flex-wrap',
          !asked && !isSet && 'max-sm:hidden',
        )}
      >
        <DayField label={words.from} value={from} onChange={(day) => onChange({ from: day })} />
        <DayField label={words.to} value={to} onChange={(day) => onChange({ to: day })} />
      </div>
    </>
  )
}

interface DayFieldProps {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (day: string | undefined) => void
}

function DayField({ label, value, onChange }: DayFieldProps): ReactNode {
  return (
    <label className="text-muted flex min-w-36 items-center gap-1.5 max-sm:flex-1 max-sm:flex-col max-sm:items-start">
      {label}
      <Input
        type="date"
        className="min-w-0 sm:!w-36"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    </label>
  )
}
