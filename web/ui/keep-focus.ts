/** So many places are remembered: from inside a dialog in a menu of a row, back to the row's table. */
const remembered = 6
/** Whoever closes or changes something puts the focus where it belongs at once; so long they are given, in milliseconds. */
const graceMs = 250
const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]'

/** An element that had the focus, and what it lay in, from the inside out. */
type Place = readonly [Element, ...Element[]]

/**
 * The focus of the whole page is never on nothing: when the element that has it goes away, or can no longer have it, and nobody else puts
 * it anywhere, it goes to what stands nearest, else to the page's heading. Someone who pressed on an empty place is left alone. Gives back
 * what ends it.
 */
export function keepFocus(): () => void {
  let places: readonly Place[] = []
  let takenFrom: Element | undefined
  let lent: Lent | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const onFocusIn = ({ target }: FocusEvent): void => {
    if (target instanceof Element) places = [placeOf(target), ...places].slice(0, remembered)
  }
  const look = (event: unknown): void => {
    lent = returned(lent)
    if (isLost(places[0]) || places[0]?.[0].matches(':disabled') === true) takenFrom = places[0]?.[0]
    // While it is being given up, the page still says that it is there.
    if (!(event instanceof FocusEvent) && takenFrom === undefined) return
    timer ??= setTimeout(() => {
      timer = undefined
      if (isLost(places[0])) lent = lend(places)
      else if (takenFrom !== undefined && document.activeElement === document.body) giveBack(takenFrom)
      takenFrom = undefined
    }, graceMs)
  }
  const watch = new MutationObserver(look)
  const attributeFilter = ['disabled', 'hidden']
  watch.observe(document.body, { childList: true, subtree: true, attributeFilter })
  document.addEventListener('focusin', onFocusIn)
  // What is hidden by a style alone gives the focus up without any change in the tree.
  document.addEventListener('focusout', look)
  return () => {
    clearTimeout(timer)
    watch.disconnect()
    document.removeEventListener('focusin', onFocusIn)
    document.removeEventListener('focusout', look)
  }
}

function placeOf(element: Element): Place {
  const around: Element[] = []
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) around.push(at)
  return [element, ...around]
}

function isLost(last: Place | undefined): boolean {
  return last !== undefined && document.activeElement === document.body && !canBeFocused(last[0])
}

function canBeFocused(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility()
}

/** A control that is disabled while what it does is sent, and what has the focus meanwhile. */
interface Lent {
  readonly from: Element
  readonly to: HTMLElement
}

/** Puts the focus on what is nearest. Where it was lost for a while only, it is lent. */
function lend(places: readonly Place[]): Lent | undefined {
  const [[from] = []] = places
  const to = nearest(places)
  take(to)
  return from?.isConnected && from.matches(':disabled') && to ? { from, to } : undefined
}

/** What is lent goes back as soon as it can, unless whoever has it went on with it. */
function returned(lent: Lent | undefined): Lent | undefined {
  if (!lent || document.activeElement !== lent.to) return undefined
  if (!canBeFocused(lent.from)) return lent
  giveBack(lent.from)
  return undefined
}

/** A control that was disabled only while what it does was sent: it has the focus again. */
function giveBack(element: Element): void {
  if (element instanceof HTMLElement && canBeFocused(element)) element.focus({ preventScroll: true })
}

/** A heading can have the focus only when it says so. */
function take(element: HTMLElement | undefined): void {
  if (element?.matches('h1, h2') && !element.hasAttribute('tabindex')) element.tabIndex = -1
  element?.focus({ preventScroll: true })
}

/** What is nearest to where the focus was, within the page or a dialog over it. */
function nearest(places: readonly Place[]): HTMLElement | undefined {
  const room = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].at(-1) ?? mainOf()
  for (const [element, ...around] of places) {
    const box = around.find((one) => one.isConnected)
    if (!box || !room?.contains(box) || box === room) continue
    // A control that is only disabled for now has its neighbours; one that is gone, what took its place.
    const next = [...box.querySelectorAll<HTMLElement>(focusable)].find(
      (one) => one !== element && canBeFocused(one),
    )
    if (next) return next
  }
  return room?.querySelector<HTMLElement>('h1, h2, button:not(:disabled)') ?? undefined
}

function mainOf(): Element | undefined {
  // While the page is on its way, it takes the focus itself when it arrives.
  const main = document.querySelector('main')
  return main?.querySelector('h1') ? main : undefined
}
