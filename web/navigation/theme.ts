import { create } from 'zustand'

/** Light, dark, or as the system says. */
export type Theme = 'system' | 'light' | 'dark'
export const themes = ['system', 'light', 'dark'] as const satisfies readonly Theme[]

const place = 'penstock.theme'

/** The theme this person chose, kept on this device; public/theme.js reads it before the first paint. */
export const useTheme = create<{ readonly theme: Theme }>(() => ({
  theme: themes.find((theme) => theme === localStorage.getItem(place)) ?? 'system',
}))

/** Chooses the theme, and shows it at once. */
export function setTheme(theme: Theme): void {
  localStorage.setItem(place, theme)
  useTheme.setState({ theme })
  showTheme()
}

/** Follows the system's theme while the person chose no other; once in the app. */
export function followSystemTheme(): () => void {
  showTheme()
  systemIsDark.addEventListener('change', showTheme)
  return () => systemIsDark.removeEventListener('change', showTheme)
}

const systemIsDark = matchMedia('(prefers-color-scheme: dark)')

function showTheme(): void {
  const { theme } = useTheme.getState()
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark.matches)
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
}
