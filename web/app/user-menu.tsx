import { Check, CircleUser, Keyboard, KeyRound, LogOut } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '../api/session.ts'
import { useKeysOf } from '../keyboard/preferences.ts'
import { askFor } from '../navigation/dialog-requests.ts'
import { setTheme, themes, useTheme } from '../navigation/theme.ts'
import { appText } from '../strings/app.ts'
import { keyboardText } from '../strings/keyboard.ts'
import { Menu } from '../ui/menu.tsx'
import { Name } from '../ui/name.tsx'
import { leave } from './leave.ts'

/** Who is signed in, in which role; theme, shortcuts, password, the way out. */
export function UserMenu(): ReactNode {
  const me = useMe()
  const { theme } = useTheme()
  const keys = useKeysOf('shortcuts')
  const name = me.user?.name ?? ''
  return (
    <Menu
      align="start"
      label={appText.you(name)}
      trigger={
        <button
          type="button"
          className="hover:bg-subtle flex h-11 items-center gap-2.5 rounded-md px-2.5 text-left"
        >
          <CircleUser aria-hidden size={18} className="text-muted shrink-0" />
          <span className="sr-only min-w-0 flex-1 words:not-sr-only">
            <Name lines={1} className="leading-4 font-medium">
              {name}
            </Name>
            <span className="text-muted block truncate text-xs">{me.role && appText.roles[me.role]}</span>
          </span>
        </button>
      }
      items={[
        ...themes.map((one) => ({
          label: appText.palette.themeOf(appText.themes[one]),
          ...(one === theme ? { icon: Check } : {}),
          onSelect: () => setTheme(one),
        })),
        'line',
        { label: keyboardText.title, icon: Keyboard, keys, onSelect: () => askFor({ type: 'shortcuts' }) },
        { label: appText.password, icon: KeyRound, onSelect: () => askFor({ type: 'password' }) },
        { label: appText.signOut, icon: LogOut, onSelect: () => void leave() },
      ]}
    />
  )
}
