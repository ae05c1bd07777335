import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: LucideIcon
  /** Says what the button does: its name for a screen reader, and its tooltip. */
  readonly label: string
  readonly keys?: string | undefined
  readonly size?: 'small' | 'normal'
}

/** A button with only an icon; its word is in the tooltip. At least 28 px wide and high. */
export function IconButton({
  icon: Icon,
  label,
  keys,
  size = 'normal',
  ...rest
}: IconButtonProps): ReactNode {
  const { className, type = 'button', ...button } = rest
  return (
    <Tooltip label={label} keys={keys}>
      <button
        {...button}
        type={type}
        aria-label={label}
        className={classNames(
          'text-muted hover:bg-subtle hover:text-text inline-flex shrink-0 items-center justify-center rounded-md transition-colors',
          'aria-pressed:bg-accent-soft aria-pressed:text-accent disabled:cursor-not-allowed disabled:opacity-55',
          size === 'small' ? 'size-7' : 'size-8',
          className,
        )}
      >
        <Icon aria-hidden size={16} />
      </button>
    </Tooltip>
  )
}
