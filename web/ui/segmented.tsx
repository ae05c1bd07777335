import { RadioGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface SegmentedProps<Value extends string> {
  /** The question, for a screen reader. */
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string; readonly disabled?: boolean }[]
  readonly onChange: (value: Value) => void
  readonly size?: 'small' | 'normal'
  readonly disabled?: boolean
}

/** One of two to six, all in sight. ← and → choose. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  ...rest
}: SegmentedProps<Value>): ReactNode {
  const { size = 'normal', disabled = false } = rest
  const choose = (next: string): void => {
    const option = options.find((one) => one.value === next)
    if (option) onChange(option.value)
  }
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      disabled={disabled}
      onValueChange={choose}
      orientation="horizontal"
      className="bg-subtle inline-flex w-fit max-w-full flex-wrap gap-0.5 rounded-md border p-0.5"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
          className={classNames(segmentClass, size === 'small' ? 'h-6 px-2 text-xs' : 'h-7 px-2.5')}
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}

const segmentClass =
  'text-muted hover:text-text data-[state=checked]:bg-surface data-[state=checked]:text-text data-[state=checked]:border-control inline-flex items-center justify-center rounded-sm border border-transparent font-medium whitespace-nowrap disabled:opacity-50'
