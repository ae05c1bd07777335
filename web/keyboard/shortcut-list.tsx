import type { ReactNode } from 'react'
import { keyboardText } from '../strings/keyboard.ts'
import { classNames } from '../ui/class-names.ts'
import { Keys } from '../ui/kbd.tsx'
import { useKeysOf } from './preferences.ts'
import { type Shortcut, type ShortcutName, type ShortcutScope, shortcuts } from './shortcuts.ts'

const scopes: readonly ShortcutScope[] = ['everywhere', 'list', 'run', 'editor', 'connector']

/** The names of all shortcuts, in the order of the map. */
export const shortcutNames = Object.keys(shortcuts).filter((name): name is ShortcutName => name in shortcuts)

/** A line of the keyboard map. */
export function shortcutOf(name: ShortcutName): Shortcut {
  return shortcuts[name]
}

/** All shortcuts by where they work; `beside` draws something after the keys. */
export function ShortcutList({ beside }: { readonly beside?: (name: ShortcutName) => ReactNode }): ReactNode {
  return (
    <div className="@container">
      <div className={classNames('gap-x-10', beside ? '@3xl:columns-2' : '@xl:columns-2')}>
        {scopes.map((scope) => {
          const names = shortcutNames.filter((name) => shortcutOf(name).scope === scope)
          if (names.length === 0) return null
          return (
            <section key={scope} className="mb-6 break-inside-avoid-column">
              <h3 className="mb-1 font-semibold">{keyboardText.scopes[scope]}</h3>
              <dl>
                {names.map((name) => (
                  <div key={name} className="flex min-h-9 items-center gap-3 border-b py-1 last:border-b-0">
                    <dt className="min-w-0 flex-1">{shortcutOf(name).does}</dt>
                    <dd className="flex items-center gap-2">
                      <KeysNow name={name} />
                      {beside?.(name)}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </div>
  )
}

function KeysNow({ name }: { readonly name: ShortcutName }): ReactNode {
  const keys = useKeysOf(name)
  return keys ? <Keys keys={keys} /> : <span className="text-muted">{keyboardText.off}</span>
}
