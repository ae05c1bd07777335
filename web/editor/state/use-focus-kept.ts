import { type RefObject, useEffect } from 'react'
import type { EditorStore } from './editor-store.ts'

/** When the element with the focus goes away, the focus goes to the current step, or to the heading; never to nothing. */
export function useFocusKept(frame: RefObject<HTMLElement | null>, store: EditorStore): void {
  useEffect(() => {
    const element = frame.current
    if (!element) return undefined
    let hadFocus = false
    const onFocusIn = (): void => {
      hadFocus = true
    }
    const onFocusOut = ({ relatedTarget }: FocusEvent): void => {
      if (relatedTarget === null) requestAnimationFrame(() => rescue())
      else hadFocus = relatedTarget instanceof Node && element.contains(relatedTarget)
    }
    const rescue = (): void => {
      if (!hadFocus || document.activeElement !== document.body || !document.hasFocus()) return
      const state = store.getState()
      if (state.view === 'yaml') element.querySelector<HTMLElement>('h1')?.focus()
      else state.goTo(state.current ?? 'slot:source')
    }
    const watch = new MutationObserver(() => rescue())
    watch.observe(element, { childList: true, subtree: true })
    element.addEventListener('focusin', onFocusIn)
    element.addEventListener('focusout', onFocusOut)
    return () => {
      watch.disconnect()
      element.removeEventListener('focusin', onFocusIn)
      element.removeEventListener('focusout', onFocusOut)
    }
  }, [frame, store])
}
