import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

interface BestMatch {
  readonly list: RefObject<HTMLDivElement | null>
  /** For the list of commands around it all. */
  readonly command: {
    readonly value: string
    readonly onValueChange: (value: string) => void
    readonly onKeyDown: (event: KeyboardEvent) => void
    readonly onPointerMove: () => void
  }
  /** To be called when something else is looked for. */
  readonly begin: () => void
}

/** The first line is the chosen one, also when a better one arrives late, until someone moves the choice themselves. */
export function useBestMatch(): BestMatch {
  const [value, setValue] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const moved = useRef(false)
  useEffect(() => {
    if (!list.current) return undefined
    const watch = new MutationObserver(() => {
      const first = list.current?.querySelector<HTMLElement>('[cmdk-item]')?.dataset['value']
      if (!moved.current && first !== undefined) setValue(first)
    })
    watch.observe(list.current, { childList: true, subtree: true })
    return () => watch.disconnect()
  }, [])
  return {
    list,
    command: {
      value,
      onValueChange: setValue,
      onKeyDown: ({ key, ctrlKey }) => {
        moved.current ||= ctrlKey || /^(?:Arrow|Home|End)/.test(key)
      },
      onPointerMove: () => {
        moved.current = true
      },
    },
    begin: () => {
      moved.current = false
    },
  }
}
