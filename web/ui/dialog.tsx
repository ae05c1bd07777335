import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { uiText } from '../strings/ui.ts'
import { classNames } from './class-names.ts'
import { useOrigin } from './use-origin.ts'
import { Name } from './name.tsx'

export interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly description?: ReactNode
  readonly width?: 'narrow' | 'normal' | 'wide'
  /** The buttons at the bottom; they stay in sight while the body scrolls. */
  readonly footer?: ReactNode
  /** Where the focus goes when the dialog closes; where it came from unless given. */
  readonly onCloseAutoFocus?: (event: Event) => void
  /** Takes the outside click and Escape before they close; call `preventDefault` to ask first. */
  readonly onDismiss?: (event: Event) => void
  /** There is nothing to press in the body: it is itself a stop of the Tab key, so that it can be scrolled. */
  readonly textOnly?: boolean
  /** What lies behind cannot be read. */
  readonly veiled?: boolean
  readonly children: ReactNode
}

const widths = { narrow: 'sm:max-w-md', normal: 'sm:max-w-xl', wide: 'sm:max-w-4xl' } as const

/** A dialog over the page: it holds the focus, closes with Escape, fills a phone from below. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  footer,
  children,
  ...rest
}: DialogProps): ReactNode {
  const backToOrigin = useOrigin(open)
  const {
    width = 'normal',
    onCloseAutoFocus = backToOrigin,
    onDismiss,
    textOnly = false,
    veiled = false,
  } = rest
  const body = useRef<HTMLDivElement>(null)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={classNames('bg-scrim fixed inset-0 z-40', veiled && 'backdrop-blur-md')} />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onCloseAutoFocus={onCloseAutoFocus}
          onOpenAutoFocus={(event) => focusFirst(event, body.current)}
          onEscapeKeyDown={onDismiss}
          onInteractOutside={onDismiss}
          className={classNames(dialogClass, widths[width])}
        >
          <header className="flex items-start gap-4 border-b px-5 py-4">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold wrap-anywhere">
                <Name>{title}</Name>
              </Radix.Title>
              {description && (
                <Radix.Description className="text-muted mt-0.5">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close aria-label={uiText.close} className={closeClass}>
              <X aria-hidden size={16} />
            </Radix.Close>
          </header>
          <div
            ref={body}
            tabIndex={textOnly ? 0 : undefined}
            className="min-h-0 flex-1 overflow-y-auto px-5 py-4 outline-offset-[-2px]"
          >
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-5 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The focus begins on what is marked as the first choice, else in the body, where the work is, and not on the button that closes. */
function focusFirst(event: Event, body: HTMLElement | null): void {
  const marked = body?.parentElement?.querySelector<HTMLElement>('[data-first]')
  const first = body?.matches('[tabindex]')
    ? body
    : (marked ??
      body?.querySelector<HTMLElement>('input,select,textarea,button:not(:disabled),a[href],[tabindex="0"]'))
  if (!first) return
  event.preventDefault()
  first.focus()
}

const closeClass =
  'text-muted hover:bg-subtle hover:text-text -mr-1.5 inline-flex size-7 items-center justify-center rounded-md'

/** The box of a dialog: centred, and from below on a phone. */
export const dialogClass =
  'animate-appear bg-surface shadow-over fixed inset-x-0 bottom-0 z-40 mx-auto flex max-h-[92dvh] w-full flex-col rounded-t-xl border sm:bottom-auto sm:top-[max(4dvh,min(12dvh,6rem))] sm:max-h-[86dvh] sm:w-[calc(100%-2rem)] sm:rounded-xl'
