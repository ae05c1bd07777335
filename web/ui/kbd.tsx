import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { keyNames } from './key-names.ts'

interface KeysProps {
  readonly keys: string
  readonly inverse?: boolean
}

/** The keys of a shortcut, as they are printed on this machine's keyboard: `Mod+K` is ⌘ K on a Mac. */
export function Keys({ keys, inverse }: KeysProps): ReactNode {
  return (
    <span className="inline-flex items-center gap-1">
      {keyNames(keys, /Mac|iPhone|iPad/.test(navigator.userAgent)).map((name, index) => (
        <kbd
          key={index}
          className={classNames(
            'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border px-1 font-sans text-xs',
            inverse ? 'border-current' : 'border-line bg-subtle text-muted',
          )}
        >
          {name}
        </kbd>
      ))}
    </span>
  )
}
