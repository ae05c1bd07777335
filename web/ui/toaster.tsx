import type { ReactNode } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import { uiText } from '../strings/ui.ts'

/** Where the toasts appear; once in the app. */
export function Toaster(): ReactNode {
  return (
    <Sonner
      position="bottom-right"
      visibleToasts={4}
      offset={{ bottom: 'calc(1.5rem + var(--reminder))', right: '1.5rem' }}
      mobileOffset={{ bottom: 'calc(4.5rem + var(--reminder))', left: '1rem', right: '1rem' }}
      containerAriaLabel={uiText.notifications}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'bg-surface shadow-over text-text flex w-(--width) items-center gap-3 rounded-lg border px-4 py-3 text-sm',
          title: 'font-medium [unicode-bidi:plaintext]',
          description: 'text-muted',
          content: 'min-w-0 flex-1',
          actionButton: 'text-accent hover:bg-accent-soft h-7 shrink-0 rounded-md px-2 font-medium',
          icon: 'shrink-0',
        },
      }}
    />
  )
}

/** Says that something was done. */
export function toastDone(message: string): void {
  toast.success(message)
}

/** Says that something did not work, and what to do. */
export function toastFailed(message: string): void {
  toast.error(message, { duration: 10_000 })
}

/** Says that something was done and offers, for ten seconds, to take it back. */
export function toastUndo(message: string, onUndo: () => void): void {
  toast(message, { duration: 10_000, action: { label: uiText.undo, onClick: onUndo } })
}

/** Says something for as long as it is so. Gives back what ends it. */
export function toastWhile(message: string): () => void {
  const id = toast.warning(message, { duration: Infinity, dismissible: false })
  return () => void toast.dismiss(id)
}

/** On a phone a question comes up from below, where messages stand: they make way for it. */
export function clearToastsForSheet(): void {
  if (matchMedia('(width < 40rem)').matches) toast.dismiss()
}
