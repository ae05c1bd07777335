import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

const looks: Readonly<Record<ButtonLook, string>> = {
  primary: 'bg-accent text-on-accent border-transparent hover:bg-accent-strong',
  plain: 'bg-surface text-text border-control hover:bg-subtle',
  quiet: 'bg-transparent text-text border-transparent hover:bg-subtle',
  danger: 'bg-surface text-bad border-bad hover:bg-bad-soft',
}

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook
  readonly size?: 'small' | 'normal'
  readonly icon?: LucideIcon
  /** Shows that the click is being answered; a second click does nothing meanwhile. */
  readonly busy?: boolean
}

/** A button with a word on it. It is never narrower or lower than 28 px. */
export function Button({ look = 'plain', size = 'normal', icon, busy, ...rest }: ButtonProps): ReactNode {
  const { children, className, onClick, type = 'button', ...button } = rest
  const Icon = busy ? LoaderCircle : icon
  return (
    <button
      {...button}
      type={type}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={classNames(buttonClass(look, size), className)}
    >
      {Icon && (
        <Icon aria-hidden size={size === 'small' ? 14 : 15} className={busy ? 'animate-spin' : undefined} />
      )}
      {children}
    </button>
  )
}

/** The looks of a button, for a link that is drawn as one. */
export function buttonClass(look: ButtonLook, size: 'small' | 'normal' = 'normal'): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors select-none',
    'disabled:cursor-not-allowed disabled:opacity-55',
    size === 'small' ? 'h-7 px-2 text-xs' : 'h-8 px-3 text-sm',
    looks[look],
  )
}
