import { Ban, Pencil, RotateCcw } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { remap, setSingleKeys, shortcutInTheWay, useShortcutPreferences } from '../keyboard/preferences.ts'
import { pressOf } from '../keyboard/press.ts'
import { ShortcutList, shortcutOf } from '../keyboard/shortcut-list.tsx'
import type { ShortcutName } from '../keyboard/shortcuts.ts'
import { keyboardText } from '../strings/keyboard.ts'
import { Card } from '../ui/card.tsx'
import { Switch } from '../ui/checkbox.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Input } from '../ui/input.tsx'
import { toastFailed } from '../ui/toaster.tsx'

/** The keyboard map, where single keys can be turned off and every shortcut can be given other keys, or none. */
export function ShortcutsSection(): ReactNode {
  const { singleKeys } = useShortcutPreferences()
  return (
    <div className="space-y-4">
      <Card title={keyboardText.singleKeys}>
        <Switch
          label={keyboardText.singleKeys}
          hint={keyboardText.singleKeysHint}
          checked={singleKeys}
          onChange={setSingleKeys}
        />
      </Card>
      <Card title={keyboardText.title}>
        <ShortcutList beside={(name) => <KeyChange name={name} />} />
      </Card>
    </div>
  )
}

function KeyChange({ name }: { readonly name: ShortcutName }): ReactNode {
  const [listening, setListening] = useState(false)
  const now = useShortcutPreferences((preferences) => preferences.remapped[name])
  const { does } = shortcutOf(name)
  const onKeyDown = (event: KeyboardEvent): void => {
    const press = pressOf(event)
    if (press === undefined || press === 'Tab' || press === 'Shift+Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (press !== 'Escape') take(name, press)
    setListening(false)
  }
  if (listening) {
    return (
      <Input
        autoFocus
        readOnly
        value=""
        placeholder={keyboardText.pressNow}
        aria-label={keyboardText.changeFor(does)}
        className="!w-40"
        onBlur={() => setListening(false)}
        onKeyDown={onKeyDown}
      />
    )
  }
  return (
    <>
      {now !== undefined && now !== '' && (
        <IconButton
          size="small"
          icon={RotateCcw}
          label={keyboardText.resetFor(does)}
          onClick={() => remap(name, undefined)}
        />
      )}
      {/* One button with two meanings, so that the focus stays where it is. */}
      <IconButton
        size="small"
        icon={now === '' ? RotateCcw : Ban}
        label={now === '' ? keyboardText.resetFor(does) : keyboardText.turnOffFor(does)}
        onClick={() => remap(name, now === '' ? undefined : '')}
      />
      <IconButton
        size="small"
        icon={Pencil}
        label={keyboardText.changeFor(does)}
        onClick={() => setListening(true)}
      />
    </>
  )
}

function take(name: ShortcutName, keys: string): void {
  const other = shortcutInTheWay(name, keys, useShortcutPreferences.getState())
  if (other) toastFailed(keyboardText.taken(shortcutOf(other).does))
  else remap(name, keys)
}
