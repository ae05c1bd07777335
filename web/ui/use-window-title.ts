import { useEffect } from 'react'
import { uiText } from '../strings/ui.ts'

/** Names the window, and with it the tab and the history, after what it shows. */
export function useWindowTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${uiText.product}`
  }, [title])
}
