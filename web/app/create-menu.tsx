import { Plus } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useKeysOf } from '../keyboard/preferences.ts'
import { useShortcut } from '../keyboard/use-shortcut.ts'
import { appText } from '../strings/app.ts'
import { buttonClass } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import { type CreateChoice, useCreateChoices } from './create-choices.ts'

/** The Create menu: `C` opens it, and the letter beside a line chooses it, so that `C C` makes a connection and `C I` a data pipeline. */
export function CreateMenu(): ReactNode {
  const [open, setOpen] = useState(false)
  const choices = useCreateChoices()
  const keys = useKeysOf('create')
  // What had the focus when `C` opened the menu has it again, after a dialog that was chosen, too.
  const origin = useRef<HTMLElement>(null)
  const openByKey = (): void => {
    const active = document.activeElement
    origin.current = active instanceof HTMLElement && active !== document.body ? active : null
    setOpen(true)
  }
  useShortcut('create', openByKey, choices.length > 0)
  if (choices.length === 0) return null
  const choose = (choice: CreateChoice): void => {
    origin.current?.focus({ preventScroll: true })
    choice.create()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const choice = choices.find(({ letter }) => letter === event.key.toUpperCase())
    if (!choice || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    setOpen(false)
    choose(choice)
  }
  return (
    <Menu
      align="start"
      open={open}
      onOpenChange={(next) => {
        if (next) origin.current = null
        setOpen(next)
      }}
      onCloseAutoFocus={(event) => backTo(origin.current, event)}
      onKeyDown={onKeyDown}
      label={appText.create}
      trigger={
        <button
          type="button"
          aria-label={appText.create}
          title={keys ? `${appText.create} (${keys})` : appText.create}
          className={buttonClass('primary')}
        >
          <Plus aria-hidden size={16} />
          <span className="hidden words:inline">{appText.create}</span>
        </button>
      }
      items={choices.map((choice) => ({
        label: choice.label,
        icon: choice.icon,
        keys: choice.letter,
        onSelect: () => choose(choice),
      }))}
    />
  )
}

/** Gives the focus back, unless a dialog that was chosen has it already. */
function backTo(origin: HTMLElement | null, event: Event): void {
  if (!origin?.isConnected) return
  event.preventDefault()
  if (document.activeElement === document.body) origin.focus({ preventScroll: true })
}
