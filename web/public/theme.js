// Before the first paint, so that a dark room stays dark and no row jumps. Not inline: the content security policy allows no inline script.
{
  const stored = localStorage.getItem('penstock.theme')
  const dark = stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  document.documentElement.dataset.density = localStorage.getItem('penstock.density') ?? 'comfortable'
}
