import { useCallback, useSyncExternalStore } from 'react'

/** Whether the window is at most so many pixels wide: then one thing takes the place of another. */
export function useNarrow(width: number): boolean {
  const query = `(max-width: ${width}px)`
  const subscribe = useCallback(
    (onChange: () => void) => {
      const media = matchMedia(query)
      media.addEventListener('change', onChange)
      return () => media.removeEventListener('change', onChange)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
