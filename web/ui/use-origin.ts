import { useLayoutEffect, useState } from 'react'

const over = '[role=dialog], [role=alertdialog]'
/** What the dialog that was opened last was opened from, and what lay under that. */
let latest: readonly Element[] = []

/**
 * For a dialog that no trigger of its own opens: gives the focus back to what had it when the dialog was opened, if that is still there and
 * can have it; else to what the dialog was opened from that this one came over or in place of. To be called when the dialog closes; whoever
 * else would move the focus then is kept from it.
 */
export function useOrigin(open: boolean): (event: Event) => void {
  const [was, setWas] = useState(false)
  const [origins, setOrigins] = useState<readonly Element[]>([])
  if (open !== was) {
    setWas(open)
    if (open) setOrigins(originsOf(document.activeElement))
  }
  useLayoutEffect(() => {
    if (open) latest = origins
  }, [open, origins])
  return (event) => {
    const origin = origins.find(canHaveFocus)
    if (!(origin instanceof HTMLElement)) return
    event.preventDefault()
    origin.focus({ preventScroll: true })
  }
}

/** A line of a menu goes with its menu: the button that opened that stays. */
function originsOf(active: Element | null): readonly Element[] {
  if (!active || active === document.body) return []
  const button = active.closest('[role=menu]')?.getAttribute('aria-labelledby')
  const trigger = button ? document.getElementById(button) : null
  return [...(trigger ? [trigger] : [active]), ...(active.closest(over) ? latest : [])]
}

function canHaveFocus(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility()
}
