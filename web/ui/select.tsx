import { ChevronDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { inputClass } from './input.tsx'

export interface SelectOption<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly disabled?: boolean
}

interface SelectProps<Value extends string> extends Omit<ComponentProps<'select'>, 'onChange' | 'value'> {
  readonly value: Value
  readonly options: readonly SelectOption<Value>[]
  readonly onChange: (value: Value) => void
}

/** One of a few: the browser's own list, so that it works on a phone and with every reader. */
export function Select<Value extends string>({
  value,
  options,
  onChange,
  className,
  ...rest
}: SelectProps<Value>): ReactNode {
  const choose = (next: string): void => {
    const option = options.find((one) => one.value === next)
    if (option) onChange(option.value)
  }
  return (
    <span className={classNames('relative inline-block', className ?? 'w-full')}>
      <select
        {...rest}
        value={value}
        onChange={(event) => choose(event.target.value)}
        className={classNames(inputClass, 'h-8 appearance-none truncate pr-8')}
      >
        {options.map((option) => (
          <option key={option.value} dir="auto" value={option.value} disabled={option.disabled ?? false}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={14}
        className="text-muted pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2"
      />
    </span>
  )
}
