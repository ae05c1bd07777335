import { type FocusEvent, type KeyboardEvent, type MouseEvent, type RefObject, useState } from 'react'
import { pressOf } from '../../keyboard/press.ts'

/** A cell of a grid, counted from 0. */
export interface CellPlace {
  readonly row: number
  readonly column: number
}

interface CellGrid {
  readonly rows: number
  readonly columns: number
  readonly onOpen: (place: CellPlace) => void
  readonly onCopy: (place: CellPlace) => void
}

interface CellKeys {
  /** The one cell that Tab reaches. */
  readonly active: CellPlace
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (event: FocusEvent) => void
  readonly onDoubleClick: (event: MouseEvent) => void
}

/** The keys of a grid of cells, as every grid has them. Marked text is copied by the browser itself. */
export function useCellKeys(
  grid: RefObject<HTMLElement | null>,
  { rows, columns, onOpen, onCopy }: CellGrid,
): CellKeys {
  const [place, setPlace] = useState<CellPlace>({ row: 0, column: 0 })
  const active = { row: Math.min(place.row, rows - 1), column: Math.min(place.column, columns - 1) }
  const onKeyDown = (event: KeyboardEvent): void => {
    const press = pressOf(event)
    const to = press === undefined ? undefined : move(press, active, { row: rows - 1, column: columns - 1 })
    if (to) focusCell(grid.current, to)
    else if (press === 'Enter') onOpen(active)
    else if (press === 'Mod+C' && getSelection()?.isCollapsed !== false) onCopy(active)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    active,
    onKeyDown,
    onFocus: ({ target }) => setPlace(placeOf(target) ?? active),
    onDoubleClick: ({ target }) => {
      const at = placeOf(target)
      if (at) onOpen(at)
    },
  }
}

/** Where a key leads, within the grid; undefined for a key that leads nowhere. */
export function move(press: string, { row, column }: CellPlace, last: CellPlace): CellPlace | undefined {
  switch (press) {
    case 'ArrowDown':
      return { row: Math.min(row + 1, last.row), column }
    case 'ArrowUp':
      return { row: Math.max(row - 1, 0), column }
    case 'ArrowRight':
      return { row, column: Math.min(column + 1, last.column) }
    case 'ArrowLeft':
      return { row, column: Math.max(column - 1, 0) }
    case 'PageDown':
      return { row: Math.min(row + 10, last.row), column }
    case 'PageUp':
      return { row: Math.max(row - 10, 0), column }
    case 'Home':
      return { row, column: 0 }
    case 'End':
      return { row, column: last.column }
    case 'Mod+Home':
      return { row: 0, column: 0 }
    case 'Mod+End':
      return last
    default:
      return undefined
  }
}

/** Moves the focus to a cell. */
export function focusCell(grid: HTMLElement | null, { row, column }: CellPlace): void {
  grid?.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`)?.focus()
}

function placeOf(target: EventTarget): CellPlace | undefined {
  const cell = target instanceof Element ? target.closest('[data-cell]')?.getAttribute('data-cell') : null
  const [row, column] = (cell ?? '').split(' ').map(Number)
  return row === undefined || column === undefined || Number.isNaN(column) ? undefined : { row, column }
}
