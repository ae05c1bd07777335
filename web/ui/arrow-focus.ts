import type { KeyboardEvent } from 'react'

const choice = 'button:not(:disabled), a[href]'

/** For the `onKeyDown` of a list of buttons, in one column or several: arrows go to the neighbour, Home and End to the first and the last. */
export function moveFocusByArrows(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const choices = [...event.currentTarget.querySelectorAll<HTMLElement>(choice)]
  const at = choices.findIndex((one) => one === event.target)
  const to = neighbour(event.key, at, choices.length, columnsOf(choices))
  if (at === -1 || to === undefined) return
  event.preventDefault()
  choices[to]?.focus()
}

function neighbour(key: string, at: number, count: number, columns: number): number | undefined {
  const last = count - 1
  switch (key) {
    case 'Home':
      return 0
    case 'End':
      return last
    case 'ArrowLeft':
      return Math.max(at - 1, 0)
    case 'ArrowRight':
      return Math.min(at + 1, last)
    case 'ArrowUp':
      return at < columns ? at : at - columns
    case 'ArrowDown':
      return rowOf(at, columns) === rowOf(last, columns) ? at : Math.min(at + columns, last)
    default:
      return undefined
  }
}

function rowOf(at: number, columns: number): number {
  return Math.floor(at / columns)
}

/** As many as stand as high as the first. */
function columnsOf(choices: readonly HTMLElement[]): number {
  const top = choices[0]?.getBoundingClientRect().top
  return Math.max(1, choices.filter((one) => one.getBoundingClientRect().top === top).length)
}
