import { ChevronUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import { useEditorStore } from '../state/editor-context.ts'
import type { EditorDrawer, EditorStore } from '../state/editor-store.ts'

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
        <Button key={part} look="quiet" size="small" onClick={() => openDrawer(store, part)}>
          {words.drawer[part]}
        </Button>
      ))}
    </section>
  )
}

/** Opens a part of the drawer. Who asks for the preview gets records, not another button. */
export function openDrawer(store: EditorStore, part: EditorDrawer): void {
  const { previewed, show } = store.getState()
  show({
    drawer: part,
    ...(part === 'preview' ? { previewed: { object: previewed?.object, load: true } } : {}),
  })
}
