import type { ReactNode } from 'react'
import { ShortcutList } from '../keyboard/shortcut-list.tsx'
import { keyboardText } from '../strings/keyboard.ts'
import { Dialog } from '../ui/dialog.tsx'

/** `?`: every shortcut there is, with its keys as they are now. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <Dialog open textOnly width="wide" title={keyboardText.title} onOpenChange={(open) => !open && onClose()}>
      <ShortcutList />
    </Dialog>
  )
}
