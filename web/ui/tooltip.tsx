import { Tooltip as Radix } from 'radix-ui'
import { type FocusEvent, type ReactNode, useEffect } from 'react'
import { Keys } from './kbd.tsx'

interface TooltipProps {
  readonly label: ReactNode
  /** The keys that do the same, as in the keyboard map. */
  readonly keys?: string | undefined
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly children: ReactNode
}

/** A word about what the pointer or the focus rests on. It never holds the only copy of a fact. */
export function Tooltip({ label, keys, side = 'top', children }: TooltipProps): ReactNode {
  return (
    <Radix.Root>
      <Radix.Trigger asChild onFocus={stayShut}>
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onEscapeKeyDown={passOn}
          className="animate-appear bg-text text-surface shadow-over z-50 flex max-w-72 items-center gap-2 rounded-md border border-transparent px-2 py-1 text-xs"
        >
          {label}
          {keys && <Keys keys={keys} inverse />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

let movesFocus = false

function noteInput(event: Event): void {
  movesFocus = event instanceof KeyboardEvent && /^(?:Tab|Arrow|Home|End|F6)/.test(event.key)
}

/** Only a focus that someone moved there asks for words: one that a closing dialog gives back would cover what is beside it with them. */
function stayShut(event: FocusEvent): void {
  if (!movesFocus) event.preventDefault()
}

/** In a dialog one Escape is enough: where the focused button's own tooltip took it, the dialog hears of it once the tooltip is gone. */
function passOn({ target }: KeyboardEvent): void {
  if (!(target instanceof Element) || !target.matches('[role$=dialog] [data-state$="-open"]')) return
  setTimeout(() =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })),
  )
}

/** Holds the delay of all tooltips; once in the app. */
export function TooltipProvider({ children }: { readonly children: ReactNode }): ReactNode {
  useEffect(() => {
    document.addEventListener('keydown', noteInput, true)
    document.addEventListener('pointerdown', noteInput, true)
    return () => {
      document.removeEventListener('keydown', noteInput, true)
      document.removeEventListener('pointerdown', noteInput, true)
    }
  }, [])
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  )
}
