import { ChevronDown, ChevronRight } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { classNames } from '../../ui/class-names.ts'
import type { ObjectChoice, Protection } from '../document/draft-document.ts'
import { openFields } from '../document/summarise-step.ts'
import { FieldMarks } from './grid-marks.tsx'
import { protectionOf } from './grid-rows.ts'
import type { GridRow } from './grid-rows.ts'

interface GridRowViewProps {
  readonly row: GridRow
  readonly index: number
  readonly top: number
  /** Undefined: the object is not in the pipeline. */
  readonly choice: ObjectChoice | undefined
  readonly open: boolean
  readonly active: boolean
  readonly selected: boolean
  readonly readOnly: boolean
  readonly onToggle: (object: string) => void
  readonly onSync: (object: string, synced: boolean) => void
  readonly onProtect: (row: GridRow, protection: Protection) => void
}

/** One row of the grid, at its place in the scrolled height. */
export const GridRowView = memo(function GridRowView(props: GridRowViewProps): ReactNode {
  const { row, index, top, open, active, selected } = props
  const isObject = row.kind === 'object'
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-level={isObject ? 1 : row.field.path.split('.').length + 1}
      aria-expanded={isObject ? open : undefined}
      aria-selected={selected}
      tabIndex={active ? 0 : -1}
      data-row={index}
      style={{ transform: `translateY(${top}px)` }}
      className={classNames(
        'absolute top-0 right-0 left-0 grid h-9 items-center gap-2 border-b px-3 outline-offset-[-2px]',
        columns,
        isObject ? 'bg-subtle font-medium' : 'bg-surface',
        selected && 'bg-accent-soft',
      )}
    >
      {row.kind === 'object' ? <ObjectCells {...props} row={row} /> : <FieldCells {...props} row={row} />}
    </div>
  )
})

/** The grid's columns, the same for head and rows. */
export const columns =
  'grid-cols-[minmax(0,1fr)_10.5rem] sm:grid-cols-[minmax(0,1fr)_5.5rem_10.5rem] @2xl:grid-cols-[minmax(0,1.2fr)_5.5rem_minmax(0,0.8fr)_10.5rem]'

function ObjectCells({
  row,
  choice,
  open,
  readOnly,
  onToggle,
  onSync,
}: GridRowViewProps & { readonly row: Extract<GridRow, { kind: 'object' }> }): ReactNode {
  const { object } = row
  const Chevron = open ? ChevronDown : ChevronRight
  const chosen = choice?.fields ?? {}
  const hashed = Object.values(chosen).filter((one) => one === 'hash').length
  const openCount = choice === undefined ? 0 : openFields(object.fields, chosen).length
  return (
    <>
      <span role="gridcell" className="flex min-w-0 items-center gap-2">
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          onClick={() => onToggle(object.name)}
          className="text-muted -ml-1 flex size-6 items-center justify-center"
        >
          <Chevron size={16} />
        </button>
        <input
          type="checkbox"
          tabIndex={-1}
          disabled={readOnly}
          checked={choice !== undefined}
          aria-label={words.syncObject(object.title)}
          onChange={(event) => onSync(object.name, event.target.checked)}
          className="accent-accent size-4"
        />
        <button
          type="button"
          tabIndex={-1}
          onClick={() => onToggle(object.name)}
          className="truncate text-left"
        >
          {object.title}
        </button>
      </span>
      <span
        role="gridcell"
        className="text-muted col-span-1 truncate text-right text-xs font-normal @2xl:col-span-3 sm:col-span-2"
      >
        {choice === undefined ? words.notSynced : words.objectCounts(object.fields.length, hashed, openCount)}
      </span>
    </>
  )
}

function FieldCells({
  row,
  choice,
  readOnly,
  onProtect,
}: GridRowViewProps & { readonly row: Extract<GridRow, { kind: 'field' }> }): ReactNode {
  const { object, field } = row
  const { protection, inheritedFrom } = protectionOf(field.path, choice?.fields)
  const depth = field.path.split('.').length
  return (
    <>
      <span
        role="gridcell"
        style={{ paddingLeft: `${depth * 1.25}rem` }}
        className={classNames(
          'flex min-w-0 items-center gap-2',
          protection === 'exclude' && 'text-muted line-through',
        )}
      >
        <span className="truncate" title={field.description ?? field.path}>
          {depth > 1 ? field.path.slice(field.path.lastIndexOf('.') + 1) : field.path}
        </span>
        <FieldMarks field={field} />
      </span>
      <span role="gridcell" className="text-muted hidden truncate text-xs sm:block">
        {field.type}
      </span>
      <span role="gridcell" className="text-muted hidden truncate font-mono text-xs @2xl:block">
        {field.sample}
      </span>
      <span role="gridcell" className="min-w-0">
        {choice === undefined ? (
          <span className="text-muted text-xs">{words.notSynced}</span>
        ) : field.keyReason !== undefined ? (
          <span className="text-muted text-xs" title={field.keyReason}>
            {words.keyLocked}
          </span>
        ) : inheritedFrom !== undefined ? (
          <span className="text-muted block truncate text-xs">
            {words.inherited[protection](inheritedFrom)}
          </span>
        ) : (
          <select
            tabIndex={-1}
            disabled={readOnly}
            aria-label={words.protectionFor(object.title, field.path)}
            value={protection}
            onChange={(event) => onProtect(row, readProtection(event.target.value))}
            className={classNames('h-7 w-full rounded-md border px-1.5 text-xs', tones[protection])}
          >
            <option value="replicate">{words.protection.replicate}</option>
            <option value="hash">{words.protection.hash}</option>
            <option value="exclude">{words.protection.exclude}</option>
          </select>
        )}
      </span>
    </>
  )
}

const tones: Readonly<Record<Protection, string>> = {
  replicate: 'bg-surface border-control text-text',
  hash: 'bg-ok-soft border-ok text-ok font-medium',
  exclude: 'bg-idle-soft border-control text-idle',
}

function readProtection(value: string): Protection {
  return value === 'hash' || value === 'exclude' ? value : 'replicate'
}
