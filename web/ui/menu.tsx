import type { LucideIcon } from 'lucide-react'
import { ContextMenu as RadixContext, DropdownMenu as Radix } from 'radix-ui'
import type { KeyboardEventHandler, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Keys } from './kbd.tsx'
import { Name } from './name.tsx'

/** One line of a menu. The menu closes when it is chosen. */
export interface MenuItem {
  readonly label: string
  readonly icon?: LucideIcon
  readonly keys?: string | undefined
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly onSelect: () => void
}

/** Items, and `'line'` for a line between groups of them. */
export type MenuItems = readonly (MenuItem | 'line')[]

interface MenuProps {
  readonly trigger: ReactNode
  readonly items: MenuItems
  readonly label?: string
  readonly align?: 'start' | 'end'
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  readonly onKeyDown?: KeyboardEventHandler
  /** Where the focus goes when the menu closes; to its button unless the event is prevented. */
  readonly onCloseAutoFocus?: ((event: Event) => void) | undefined
}

/** A menu that opens from a button. */
export function Menu({ trigger, items, label, align = 'end', ...rest }: MenuProps): ReactNode {
  const { onKeyDown, onCloseAutoFocus, ...state } = rest
  return (
    <Radix.Root modal={false} {...state}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={layerHost()}>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onKeyDown={onKeyDown}
          onCloseAutoFocus={onCloseAutoFocus}
          className={menuClass}
        >
          {items.map((item, index) =>
            item === 'line' ? (
              <Radix.Separator key={index} className={lineClass} />
            ) : (
              <Radix.Item
                key={item.label}
                disabled={item.disabled ?? false}
                onSelect={item.onSelect}
                className={itemClass(item)}
              >
                <MenuLine item={item} />
              </Radix.Item>
            ),
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface ContextMenuProps {
  readonly items: MenuItems
  readonly children: ReactNode
}

/** The menu of a right click, a long press, or the menu key, on what it wraps. */
export function ContextMenu({ items, children }: ContextMenuProps): ReactNode {
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal container={layerHost()}>
        <RadixContext.Content collisionPadding={8} className={menuClass}>
          {items.map((item, index) =>
            item === 'line' ? (
              <RadixContext.Separator key={index} className={lineClass} />
            ) : (
              <RadixContext.Item
                key={item.label}
                disabled={item.disabled ?? false}
                onSelect={item.onSelect}
                className={itemClass(item)}
              >
                <MenuLine item={item} />
              </RadixContext.Item>
            ),
          )}
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  )
}

/** Menus open within the page's landmark; above a dialog, beside it, because the dialog hides the page. */
function layerHost(): HTMLElement {
  const page = document.getElementById('content')
  return page && !document.querySelector('[role=dialog],[role=alertdialog]') ? page : document.body
}

function MenuLine({ item }: { readonly item: MenuItem }): ReactNode {
  return (
    <>
      {item.icon && <item.icon aria-hidden size={15} className="shrink-0 opacity-80" />}
      <Name className="min-w-0 flex-1 wrap-anywhere">{item.label}</Name>
      {item.keys && <Keys keys={item.keys} />}
    </>
  )
}

const menuClass =
  'animate-appear bg-surface shadow-over z-50 max-h-(--radix-popper-available-height) min-w-48 max-w-80 overflow-y-auto rounded-lg border p-1'
const lineClass = 'bg-line my-1 h-px'

function itemClass(item: MenuItem): string {
  return classNames(
    'data-highlighted:bg-subtle flex min-h-8 items-center py-1 gap-2 rounded-md px-2 outline-none select-none data-disabled:opacity-50',
    item.danger && 'text-bad',
  )
}
