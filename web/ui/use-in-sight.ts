import { useCallback, useState } from 'react'

/** So much around what is seen counts as seen, so that nothing old is met while scrolling. */
const rootMargin = '200px'

/** Whether an element is on the screen, or nearly; also while it is not drawn at all yet. `ref` goes to the element. */
export function useInSight(): {
  readonly ref: (element: Element | null) => (() => void) | undefined
  readonly inSight: boolean
} {
  const [inSight, setInSight] = useState(true)
  const ref = useCallback((element: Element | null) => {
    if (!element) return undefined
    const observer = new IntersectionObserver(
      (entries) => setInSight(entries.at(-1)?.isIntersecting ?? true),
      { rootMargin },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, inSight }
}
