import { ChevronUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import { useEditorStore } from '../state/editor-context.ts'

const parts = ['problems', 'preview', 'run'] as const

/** The drawer while it is closed: what it holds, one press away. */
export function DrawerBar(): ReactNode {
  const store = useEditorStore()
  return (
    <section
      aria-label={words.drawerLabel}
      className="bg-surface flex shrink-0 items-center gap-1 border-t px-2 py-1"
    >
      <ChevronUp aria-hidden size={14} className="text-muted mx-1" />
      {parts.map((part) => (
        <Button key={part} look="quiet" size="small" onClick={() => store.getState().show({ drawer: part })}>
          {words.drawer[part]}
        </Button>
      ))}
    </section>
  )
}
