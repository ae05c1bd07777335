import { type RefObject, useEffect } from 'react'
import type { EditorStore } from './editor-store.ts'

const over = '[role=dialog], [role=alertdialog]'
/** A dialog that closes puts the focus back itself, where it came from; so long it is given, in milliseconds. */
const graceMs = 50

/**
 * When the element with the focus goes away, or a dialog that was opened from the editor closes and what it was opened from is gone, the
 * focus goes to the current step, or to the heading; never to nothing.
 */
export function useFocusKept(frame: RefObject<HTMLElement | null>, store: EditorStore): void {
  useEffect(() => {
    const element = frame.current
    if (!element) return undefined
    let hadFocus = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const onFocusIn = (): void => {
      hadFocus = true
    }
    const onFocusOut = ({ relatedTarget }: FocusEvent): void => {
      if (relatedTarget === null) requestAnimationFrame(() => rescue())
      else
        hadFocus =
          relatedTarget instanceof Element &&
          (element.contains(relatedTarget) || relatedTarget.closest(over) !== null)
    }
    const rescue = (): void => {
      if (!hadFocus || document.activeElement !== document.body || !document.hasFocus()) return
      const state = store.getState()
      if (state.view === 'yaml') element.querySelector<HTMLElement>('h1')?.focus()
      else state.goTo(state.current ?? 'slot:source')
    }
    const watch = new MutationObserver(() => rescue())
    watch.observe(element, { childList: true, subtree: true })
    const dialogs = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(rescue, graceMs)
    })
    dialogs.observe(document.body, { childList: true })
    element.addEventListener('focusin', onFocusIn)
    element.addEventListener('focusout', onFocusOut)
    return () => {
      clearTimeout(timer)
      watch.disconnect()
      dialogs.disconnect()
      element.removeEventListener('focusin', onFocusIn)
      element.removeEventListener('focusout', onFocusOut)
    }
  }, [frame, store])
}
