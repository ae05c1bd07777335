import { Check, Minus } from 'lucide-react'
import { Checkbox as Radix, Switch as RadixSwitch } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { Name } from './name.tsx'

interface CheckboxProps {
  readonly checked: boolean | 'indeterminate'
  readonly onChange: (checked: boolean) => void
  /** Beside the box; or only for a screen reader, with `hideLabel`. */
  readonly label: string
  readonly hideLabel?: boolean
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

/** A box to tick. Its target is 24 px high and wide. */
export function Checkbox({
  checked,
  onChange,
  label,
  hideLabel,
  hint,
  disabled = false,
}: CheckboxProps): ReactNode {
  const id = useId()
  return (
    <span className="inline-flex min-h-6 items-start gap-1">
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        aria-label={hideLabel ? label : undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onCheckedChange={(next) => onChange(next === true)}
        className="group inline-flex size-6 shrink-0 items-center justify-center rounded-sm disabled:cursor-not-allowed"
      >
        <span className={boxClass}>
          <Radix.Indicator>
            {checked === 'indeterminate' ? (
              <Minus size={12} strokeWidth={3} />
            ) : (
              <Check size={12} strokeWidth={3} />
            )}
          </Radix.Indicator>
        </span>
      </Radix.Root>
      {!hideLabel && (
        <span className="pt-0.5">
          <label htmlFor={id} className={disabled ? 'text-muted' : undefined}>
            <Name>{label}</Name>
          </label>
          {hint && (
            <span id={`${id}-hint`} className="text-muted block">
              {hint}
            </span>
          )}
        </span>
      )}
    </span>
  )
}

const boxClass =
  'border-control bg-surface text-on-accent group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent group-data-[state=indeterminate]:border-accent group-data-[state=indeterminate]:bg-accent group-disabled:opacity-50 flex size-4 items-center justify-center rounded-sm border'

interface SwitchProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly label: string
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

/** Something that is on or off, and takes effect at once. Its target is 24 px high. */
export function Switch({ checked, onChange, label, hint, disabled = false }: SwitchProps): ReactNode {
  const id = useId()
  return (
    <div className="flex min-h-6 items-start gap-3">
      <RadixSwitch.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="group bg-control data-[state=checked]:bg-accent inline-flex h-6 w-10 shrink-0 items-center rounded-full p-0.5 transition-colors disabled:opacity-50"
      >
        <RadixSwitch.Thumb className="bg-surface block size-5 rounded-full transition-transform data-[state=checked]:translate-x-4" />
      </RadixSwitch.Root>
      <span className="pt-0.5">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && (
          <span id={`${id}-hint`} className="text-muted block">
            {hint}
          </span>
        )}
      </span>
    </div>
  )
}
