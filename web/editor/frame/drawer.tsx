import { X } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { DrawerBar, openDrawer } from './drawer-bar.tsx'
import { ProblemList } from './problem-list.tsx'

interface DrawerProps {
  readonly preview: ReactNode
  readonly run: ReactNode
}

const drawerOf = (state: EditorState): EditorState['drawer'] => state.drawer

/** What is below the canvas: problems, a look at the data, the last run. */
export function Drawer({ preview, run }: DrawerProps): ReactNode {
  const store = useEditorStore()
  const drawer = useEditor(drawerOf)
  const { problems } = useSurroundings()
  const frame = useRef<HTMLElement>(null)
  const open = drawer !== undefined
  // The button that opened it is gone: its tab goes on with the focus. A key on the canvas leaves the focus there.
  useLayoutEffect(() => {
    if (open && document.activeElement === document.body)
      frame.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus()
  }, [open])
  if (!drawer) return <DrawerBar />
  return (
    <section
      ref={frame}
      aria-label={words.drawerLabel}
      className={classNames(
        'bg-surface relative flex h-[min(18rem,45%)] shrink-0 flex-col border-t',
        // On a phone what stands above the records takes most of a low drawer.
        drawer === 'preview' && 'max-sm:h-[85%]',
      )}
    >
      <div className="absolute top-0.5 right-2 z-10">
        <IconButton
          size="small"
          icon={X}
          label={words.closeDrawer}
          onClick={() => {
            const state = store.getState()
            state.show({ drawer: undefined })
            state.goTo(state.current ?? 'source')
          }}
        />
      </div>
      <Tabs
        label={words.drawerLabel}
        className="h-full"
        value={drawer}
        onChange={(next) => openDrawer(store, next)}
        tabs={[
          {
            name: 'problems',
            label: words.drawer.problems,
            count: problems.length,
            content: <Scrolled>{<ProblemList />}</Scrolled>,
          },
          { name: 'preview', label: words.drawer.preview, content: <Scrolled>{preview}</Scrolled> },
          { name: 'run', label: words.drawer.run, content: <Scrolled>{run}</Scrolled> },
        ]}
      />
    </section>
  )
}

function Scrolled({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="h-full overflow-auto">{children}</div>
}
