import { create } from 'zustand'

/** How much room rows take. */
export type Density = 'comfortable' | 'compact'
export const densities = ['comfortable', 'compact'] as const satisfies readonly Density[]

const place = 'penstock.density'

/** The density this person chose, kept on this device; public/theme.js reads it before the first paint. */
export const useDensity = create<{ readonly density: Density }>(() => ({
  density: localStorage.getItem(place) === 'compact' ? 'compact' : 'comfortable',
}))

/** Chooses the density, and shows it at once. */
export function setDensity(density: Density): void {
  localStorage.setItem(place, density)
  useDensity.setState({ density })
  document.documentElement.dataset['density'] = density
}
