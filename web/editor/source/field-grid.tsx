import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useDensity } from '../../navigation/density.ts'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { classNames } from '../../ui/class-names.ts'
import type { Protection } from '../document/draft-document.ts'
import { columnsWith, GridRowView, sampleCell, typeCell } from './grid-row.tsx'
import { protectionOf } from './grid-rows.ts'
import type { GridRow } from './row-list.ts'
import { GridToolbar } from './grid-toolbar.tsx'
import { useGrid } from './use-grid.ts'
import type { Grid, GridInput } from './use-grid.ts'
import { useGridKeys } from './use-grid-keys.ts'
import type { GridKeys } from './use-grid-keys.ts'
import { sampleText, useSamples } from './use-samples.ts'
import type { Samples } from './use-samples.ts'

/** As tall as the rows' own class, by density. */
const rowHeights = { comfortable: 36, compact: 28 } as const

interface FieldGridProps extends GridInput {
  readonly readOnly: boolean
}

/**
 * Objects and their fields as a tree grid, protection in a column. Only what is in sight is drawn, and the row with the focus, so that
 * scrolling never loses it: a hundred thousand rows cost what twenty do.
 */
export function FieldGrid({ readOnly, ...input }: FieldGridProps): ReactNode {
  const grid = useGrid(input)
  const samples = useSamples(readOnly)
  const { density } = useDensity()
  const scroller = useRef<HTMLDivElement>(null)
  const [kept, setKept] = useState(0)
  // oxlint-disable-next-line react/incompatible-library -- its answers are used in this render only, never memoised
  const virtual = useVirtualizer({
    count: grid.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeights[density],
    overscan: 8,
    rangeExtractor: (range) => withKept(defaultRangeExtractor(range), kept, grid.rows.length),
  })
  useLayoutEffect(() => virtual.measure(), [virtual, density])
  const focusRow = (index: number): void => {
    setKept(index)
    virtual.scrollToIndex(index)
    requestAnimationFrame(() => seekRow(scroller.current, index, 5))
  }
  const keys = useGridKeys(grid, focusRow, samples.show)
  return (
    <section className="@container flex h-full min-h-0 flex-col" aria-label={words.grid}>
      <GridToolbar grid={grid} readOnly={readOnly} />
      <div
        role="treegrid"
        tabIndex={-1}
        aria-label={words.grid}
        aria-rowcount={grid.rows.length + 1}
        aria-multiselectable
        aria-describedby="grid-help"
        onKeyDown={keys.onKeyDown}
        onClick={(event) => {
          const row = event.target instanceof Element ? event.target.closest('[data-row]') : null
          if (row && !(event.target instanceof HTMLSelectElement))
            keys.goTo(Number(row.getAttribute('data-row')), event.shiftKey)
        }}
        className="flex min-h-0 flex-1 flex-col outline-none"
      >
        <p id="grid-help" hidden>
          {words.gridHelp}
        </p>
        <GridHead sampled={samples.any} />
        <div role="rowgroup" ref={scroller} className="min-h-48 flex-1 overflow-y-auto">
          <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
            <GridRows {...{ grid, keys, samples, readOnly }} items={virtual.getVirtualItems()} />
          </div>
          {grid.rows.length === 0 && (
            <p className="text-muted px-4 py-8 text-center">
              {grid.tab === 'open' ? words.nothingOpen : words.nothing}
            </p>
          )}
        </div>
      </div>
    </section>
  )
}

interface GridRowsProps {
  readonly grid: Grid
  readonly keys: GridKeys
  readonly samples: Samples
  readonly items: readonly { readonly index: number; readonly start: number }[]
  readonly readOnly: boolean
}

function GridRows({ grid, keys, samples, items, readOnly }: GridRowsProps): ReactNode {
  const [from, to] = [Math.min(keys.active, keys.anchor), Math.max(keys.active, keys.anchor)]
  const { protect } = grid
  const onProtect = useCallback((row: GridRow, how: Protection) => protect([row], how), [protect])
  return items.map(({ index, start }) => {
    const row = grid.rows.at(index)
    if (!row) return null
    const { name } = row.object
    const choice = Object.hasOwn(grid.objects, name) ? (grid.objects[name] ?? null) : undefined
    const examples = samples.of(name)
    const path = row.kind === 'field' ? row.field.path : ''
    return (
      <GridRowView
        key={row.key}
        row={row}
        index={index}
        top={start}
        choice={choice}
        sampled={samples.any}
        sampling={examples?.kind}
        sample={path && sampleText(examples, path, protectionOf(path, choice?.fields).protection)}
        open={grid.open.has(name)}
        active={index === keys.active}
        selected={from !== to && index >= from && index <= to}
        readOnly={readOnly}
        onToggle={grid.toggle}
        onSync={grid.sync}
        onProtect={onProtect}
        onSample={samples.show}
      />
    )
  })
}

/** The row with the focus is drawn although it may be out of sight. */
function withKept(inSight: number[], kept: number, count: number): number[] {
  return inSight.includes(kept) || kept >= count ? inSight : [...inSight, kept].toSorted((a, b) => a - b)
}

function GridHead({ sampled }: { readonly sampled: boolean }): ReactNode {
  const { field, type, sample, protection } = words.columns
  return (
    <div role="rowgroup">
      <div
        role="row"
        aria-rowindex={1}
        className={classNames(
          'text-muted grid h-8 items-center gap-2 border-y px-3 text-xs font-medium',
          columnsWith(sampled),
        )}
      >
        <span role="columnheader">{field}</span>
        <span role="columnheader" className={typeCell(sampled)}>
          {type}
        </span>
        <span role="columnheader" className={sampleCell(sampled)}>
          {sample}
        </span>
        <span role="columnheader">{protection}</span>
      </div>
    </div>
  )
}

function seekRow(scroller: HTMLElement | null, index: number, left: number): void {
  const row = scroller?.querySelector<HTMLElement>(`[data-row="${index}"]`)
  if (row) row.focus({ preventScroll: true })
  else if (left > 0) requestAnimationFrame(() => seekRow(scroller, index, left - 1))
}
