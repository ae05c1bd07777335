import { useState } from 'react'

/**
 * For a dialog that no trigger of its own opens: gives the focus back to what had it when the dialog was opened, if that is still there and
 * can have it. To be called when the dialog closes; whoever else would move the focus then is kept from it.
 */
export function useOrigin(open: boolean): (event: Event) => void {
  const [was, setWas] = useState(false)
  const [origin, setOrigin] = useState<Element | null>(null)
  if (open !== was) {
    setWas(open)
    if (open) setOrigin(document.activeElement)
  }
  return (event) => {
    if (!(origin instanceof HTMLElement) || origin === document.body) return
    if (!origin.isConnected || origin.matches(':disabled') || !origin.checkVisibility()) return
    event.preventDefault()
    origin.focus({ preventScroll: true })
  }
}
