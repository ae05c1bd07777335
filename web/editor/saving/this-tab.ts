import { holdTab } from './keep-editor.ts'
import type { KeepingPlaces } from './keep-editor.ts'

const key = 'penstock.tab'
let places: KeepingPlaces | undefined

/** Where editors of this tab are kept. The tab's name survives a reload. */
export function thisTab(): KeepingPlaces {
  if (places) return places
  const kept = sessionStorage.getItem(key)
  const tabName = kept ?? newName()
  sessionStorage.setItem(key, tabName)
  holdTab(tabName)
  places = { tab: sessionStorage, device: localStorage, tabName }
  return places
}

/** `crypto.randomUUID` is there on secure origins only. */
function newName(): string {
  return [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('')
}
