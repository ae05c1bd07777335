const cutClasses = '.truncate, [class*=line-clamp-]'
const told = new WeakSet<Element>()

/** A text that its place cuts short says itself whole where the pointer rests on it. Once in the app; what has a title of its own keeps it. */
export function tellWholeTexts(): void {
  document.addEventListener('pointerover', ({ target }) => {
    const cut = target instanceof Element ? target.closest(cutClasses) : null
    if (cut instanceof HTMLElement) tellWhole(cut)
  })
}

function tellWhole(element: HTMLElement): void {
  if (told.has(element)) element.removeAttribute('title')
  if (element.closest('[title]')) return
  const isCut = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 2
  if (!isCut) return
  element.title = element instanceof HTMLInputElement ? element.value : element.innerText.trim()
  told.add(element)
}
