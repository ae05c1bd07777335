import { useSyncExternalStore } from 'react'

const query = '(max-width: 1023px)'

/** Whether there is room for only one thing beside another: a panel then takes the place of the canvas. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, isNarrow)
}

function subscribe(onChange: () => void): () => void {
  const media = matchMedia(query)
  media.addEventListener('change', onChange)
  return () => media.removeEventListener('change', onChange)
}

function isNarrow(): boolean {
  return matchMedia(query).matches
}
