import { type KeyboardEvent, type RefCallback, useEffect, useRef, useState } from 'react'

interface BestMatch {
  /** For the list of lines. */
  readonly list: RefCallback<HTMLElement>
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
  const moved = useRef(false)
  const [lines, setLines] = useState<HTMLElement | null>(null)
  useEffect(() => {
    if (!lines) return undefined
    const watch = new MutationObserver(() => {
      const first = lines.querySelector<HTMLElement>('[cmdk-item]')?.dataset['value']
      if (!moved.current && first !== undefined) setValue(first)
    })
    watch.observe(lines, { childList: true, subtree: true })
    return () => watch.disconnect()
  }, [lines])
  return {
    list: setLines,
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
