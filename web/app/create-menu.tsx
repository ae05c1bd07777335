import { Plus } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useKeysOf } from '../keyboard/preferences.ts'
import { useShortcut } from '../keyboard/use-shortcut.ts'
import { appText } from '../strings/app.ts'
import { buttonClass } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import { useCreateChoices } from './create-choices.ts'

/** The Create menu: `C` opens it, and the letter beside a line chooses it, so that `C C` makes a connection and `C I` a data pipeline. */
export function CreateMenu(): ReactNode {
  const [open, setOpen] = useState(false)
  const choices = useCreateChoices()
  const keys = useKeysOf('create')
  useShortcut('create', () => setOpen(true), choices.length > 0)
  if (choices.length === 0) return null
  const onKeyDown = (event: KeyboardEvent): void => {
    const choice = choices.find(({ letter }) => letter === event.key.toUpperCase())
    if (!choice || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    setOpen(false)
    choice.create()
  }
  return (
    <Menu
      align="start"
      open={open}
      onOpenChange={setOpen}
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
      items={choices.map(({ label, icon, letter, create }) => ({
        label,
        icon,
        keys: letter,
        onSelect: create,
      }))}
    />
  )
}
