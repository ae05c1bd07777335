import { type KeyboardEvent, useState } from 'react'
import { pressOf } from '../../keyboard/press.ts'
import { keysOf, useShortcutPreferences } from '../../keyboard/preferences.ts'
import { isMidSequence } from '../../keyboard/use-shortcut.ts'
import { announce } from '../../ui/live-region.tsx'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import type { GridRow } from './row-list.ts'
import { toggledProtection } from './use-grid.ts'
import type { Grid } from './use-grid.ts'
import type { Samples } from './use-samples.ts'

export interface GridKeys {
  /** The row with the focus, or that would have it. */
  readonly active: number
  /** The other end of a selection; the same as `active` while only one row is chosen. */
  readonly anchor: number
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly goTo: (index: number, extend?: boolean) => void
}

/** The grid's keys. `focusRow` scrolls to a row and moves the focus there; `showSamples` fetches examples of an object. */
export function useGridKeys(
  grid: Grid,
  focusRow: (index: number) => void,
  showSamples: Samples['show'],
): GridKeys {
  const [range, setRange] = useState({ active: 0, anchor: 0 })
  const last = grid.rows.length - 1
  const active = Math.min(range.active, Math.max(last, 0))
  const anchor = Math.min(range.anchor, Math.max(last, 0))
  const goTo = (index: number, extend = false): void => {
    const to = Math.max(0, Math.min(index, last))
    setRange({ active: to, anchor: extend ? anchor : to })
    if (extend) announce(words.selectedRows(Math.abs(to - anchor) + 1))
    focusRow(to)
  }
  const chosen = (): readonly GridRow[] =>
    grid.rows.slice(Math.min(active, anchor), Math.max(active, anchor) + 1)
  const move = (press: string): number | undefined => {
    switch (press.replace('Shift+', '')) {
      case 'ArrowDown':
        return active + 1
      case 'ArrowUp':
        return active - 1
      case 'PageDown':
        return active + 12
      case 'PageUp':
        return active - 12
      case 'Home':
        return 0
      case 'End':
        return last
      default:
        return undefined
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const press = pressOf(event)
    if (press === undefined || isMidSequence(event.timeStamp) || event.target instanceof HTMLSelectElement)
      return
    const to = move(press)
    if (to !== undefined) goTo(to, press.startsWith('Shift+'))
    else if (press === 'Mod+A') {
      setRange({ active: last, anchor: 0 })
      announce(words.selectedRows(last + 1))
    } else if (press === keysOf('showSamples', useShortcutPreferences.getState())) {
      const row = grid.rows.at(active)
      if (row) showSamples?.(row.object)
    } else if (!actOn(press, grid, chosen(), grid.rows.at(active))) return
    event.preventDefault()
    event.stopPropagation()
  }
  return { active, anchor, onKeyDown, goTo }
}

/** Whether the press did something to the chosen rows. */
function actOn(press: string, grid: Grid, rows: readonly GridRow[], row: GridRow | undefined): boolean {
  if (!row) return false
  const preferences = useShortcutPreferences.getState()
  if (press === keysOf('hashField', preferences)) grid.protect(rows, 'hash')
  else if (press === keysOf('replicateField', preferences)) grid.protect(rows, 'replicate')
  else if (press === keysOf('toggleField', preferences)) toggleSync(grid, rows, row)
  else if (press === 'ArrowRight' && row.kind === 'object' && !grid.open.has(row.object.name))
    grid.toggle(row.object.name)
  else if (press === 'ArrowLeft' && row.kind === 'object' && grid.open.has(row.object.name))
    grid.toggle(row.object.name)
  else if (press === 'Enter' && row.kind === 'object') grid.toggle(row.object.name)
  else return false
  return true
}

function toggleSync(grid: Grid, rows: readonly GridRow[], row: GridRow): void {
  if (rows.length === 1 && row.kind === 'object')
    return grid.sync(row.object.name, !Object.hasOwn(grid.objects, row.object.name))
  const fields = rows.filter(({ kind }) => kind === 'field')
  grid.protect(fields, toggledProtection(fields, grid.objects))
}
