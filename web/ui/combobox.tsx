import { ChevronsUpDown } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { classNames } from './class-names.ts'
import { ComboboxList } from './combobox-list.tsx'
import { inputClass } from './input.tsx'
import { Name } from './name.tsx'

export interface ComboboxOption {
  readonly value: string
  readonly label: string
  /** Said below the label. */
  readonly detail?: string
}

export interface ComboboxProps {
  readonly id?: string
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly ComboboxOption[]
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  /** What is chosen is called so, where it is not among the options. */
  readonly chosenLabel?: string | undefined
  /** Whoever gives the options searches, too; else the options are searched here. */
  readonly onSearch?: (query: string) => void
  /** The options are on their way. */
  readonly loading?: boolean
  readonly disabled?: boolean
  readonly 'aria-describedby'?: string | undefined
}

/** One of many, found by typing: a button that opens a search field over a list. */
export function Combobox({
  label,
  value,
  options,
  onChange,
  placeholder,
  chosenLabel,
  onSearch,
  loading = false,
  ...button
}: ComboboxProps): ReactNode {
  const [open, setOpen] = useState(false)
  const chosen = chosenLabel ?? options.find((option) => option.value === value)?.label
  const turn = (next: boolean): void => {
    setOpen(next)
    if (!next) onSearch?.('')
  }
  return (
    <Popover.Root open={open} onOpenChange={turn}>
      <Popover.Trigger
        {...button}
        className={classNames(inputClass, 'flex h-8 items-center gap-2 text-left')}
      >
        <Name lines={1} className={classNames('min-w-0 flex-1', !chosen && 'text-muted')}>
          {chosen ?? placeholder ?? label}
        </Name>
        <ChevronsUpDown aria-hidden size={14} className="text-muted shrink-0" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          aria-label={label}
          className="animate-appear bg-surface shadow-over z-50 w-(--radix-popover-trigger-width) min-w-64 rounded-lg border p-1"
        >
          <ComboboxList
            label={label}
            options={options}
            value={value}
            onSearch={onSearch}
            loading={loading}
            onChoose={(next) => {
              onChange(next)
              turn(false)
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
