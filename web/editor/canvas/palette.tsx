import { Database, type LucideIcon, Plug, ShieldCheck, StickyNote } from 'lucide-react'
import type { PointerEvent, ReactNode } from 'react'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { classNames } from '../../ui/class-names.ts'
import { isFree, slotOf } from '../state/add-step.ts'
import type { AddableStep } from '../state/add-step.ts'
import { useEditor, useSurroundings } from '../state/editor-context.ts'
import type { EditorSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'

/** What the palette hands to a drag: the pointer events of one of its items. */
export interface PaletteDrag {
  readonly onPointerDown: (item: PaletteItem, event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerCancel: () => void
  /** Whether the click that follows a drag is to be left alone. */
  readonly justDropped: () => boolean
}

export interface PaletteItem {
  readonly key: string
  readonly title: string
  readonly icon: LucideIcon
  readonly step: AddableStep
}

interface PaletteProps {
  readonly drag: PaletteDrag
  readonly onAdd: (step: AddableStep) => void
}

const contentOf = (state: EditorState): EditorState['content'] => state.content

/** Everything that can be added: press it, or drag it to its place. */
export function Palette({ drag, onAdd }: PaletteProps): ReactNode {
  const content = useEditor(contentOf)
  const groups = paletteGroups(useSurroundings())
  return (
    <nav
      aria-label={words.palette}
      className="bg-surface flex w-48 shrink-0 flex-col gap-4 overflow-y-auto border-r p-3"
    >
      {groups.map(({ title, items }) => (
        <section key={title}>
          <h2 className="text-muted mb-1.5 px-1 text-xs font-semibold">{title}</h2>
          <ul className="flex flex-col gap-1">
            {items.map((item) => {
              const slot = slotOf(item.step)
              const taken = slot !== undefined && !isFree(slot, content)
              const needsSource = slot === 'protection' && !content.document.source
              const why =
                taken && slot ? (needsSource ? words.needsSource : words.taken[slot]) : words.dragHint
              return (
                <li key={item.key}>
                  <button
                    type="button"
                    aria-disabled={taken}
                    title={why}
                    data-palette={item.key}
                    onPointerDown={(event) => (taken ? undefined : drag.onPointerDown(item, event))}
                    onPointerMove={drag.onPointerMove}
                    onPointerUp={drag.onPointerUp}
                    onPointerCancel={drag.onPointerCancel}
                    onClick={() => (drag.justDropped() ? undefined : onAdd(item.step))}
                    className={classNames(
                      'flex h-9 w-full touch-none items-center gap-2.5 rounded-md border px-2 text-left select-none',
                      taken
                        ? 'text-muted border-transparent'
                        : 'bg-surface border-control hover:border-accent hover:bg-accent-soft',
                    )}
                  >
                    <item.icon aria-hidden size={16} className={taken ? undefined : 'text-accent'} />
                    <span className="min-w-0 flex-1 truncate">{item.title}</span>
                  </button>
                </li>
              )
            })}
          </ul>
        </section>
      ))}
    </nav>
  )
}

interface PaletteGroup {
  readonly title: string
  readonly items: readonly PaletteItem[]
}

function paletteGroups({ connectors }: EditorSurroundings): readonly PaletteGroup[] {
  const kinds = (side: 'source' | 'destination', icon: LucideIcon): readonly PaletteItem[] =>
    connectors
      .filter((one) => one.side === side)
      .map(({ kind, title }) => ({
        key: `${side}:${kind}`,
        title,
        icon,
        step: { type: 'kind', side, kind, title },
      }))
  return [
    { title: words.paletteSources, items: kinds('source', Plug) },
    {
      title: words.paletteProtect,
      items: [{ key: 'protection', title: words.protect, icon: ShieldCheck, step: { type: 'protection' } }],
    },
    { title: words.paletteDestinations, items: kinds('destination', Database) },
    {
      title: words.paletteNotes,
      items: [{ key: 'note', title: words.note, icon: StickyNote, step: { type: 'note' } }],
    },
  ]
}
