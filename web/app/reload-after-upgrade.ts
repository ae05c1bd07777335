const place = 'penstock.reloaded'
const once = 60_000

/**
 * After an upgrade of the server, a page that is still open asks for parts that are there no more: it is loaded anew, at most
 * once a minute, so that a part that is really missing does not make it load for ever.
 */
export function reloadAfterUpgrade(): void {
  addEventListener('vite:preloadError', (event) => {
    const before = Number(sessionStorage.getItem(place) ?? 0)
    if (Date.now() - before < once) return
    event.preventDefault()
    sessionStorage.setItem(place, String(Date.now()))
    location.reload()
  })
}
