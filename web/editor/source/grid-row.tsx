import { ChevronDown, ChevronRight } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { classNames } from '../../ui/class-names.ts'
import type { CatalogueObject } from '../document/catalogue.ts'
import type { ObjectChoice, Protection } from '../document/draft-document.ts'
import { openFields } from '../document/summarise-step.ts'
import { FieldMarks } from './grid-marks.tsx'
import { protectionOf } from './grid-rows.ts'
import type { GridRow } from './row-list.ts'
import { ProtectionCell } from './protection-cell.tsx'
import { SampleButton } from './sample-button.tsx'
import type { ObjectSamples } from './sample-store.ts'
import type { Samples } from './use-samples.ts'

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
  /** Whether the grid has room for examples. */
  readonly sampled: boolean
  /** How far the object's examples are; undefined: nobody asked. */
  readonly sampling: ObjectSamples['kind'] | undefined
  readonly sample: string | undefined
  readonly onToggle: (object: string) => void
  readonly onSync: (object: string, synced: boolean) => void
  readonly onProtect: (row: GridRow, protection: Protection) => void
  readonly onSample: Samples['show']
}

/** One row of the grid, at its place in the scrolled height. */
export const GridRowView = memo(function GridRowView(props: GridRowViewProps): ReactNode {
  const { row, index, top, open, active, selected, sampled } = props
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
        'absolute top-0 right-0 left-0 grid h-(--grid-row-height) items-center gap-2 border-b px-3 outline-offset-[-2px]',
        columnsWith(sampled),
        isObject ? 'bg-subtle font-medium' : 'bg-surface',
        selected && 'bg-accent-soft',
      )}
    >
      {row.kind === 'object' ? <ObjectCells {...props} row={row} /> : <FieldCells {...props} row={row} />}
    </div>
  )
})

/** The grid's columns, the same for head and rows. Where it is narrow, examples stand in the place of types. */
export function columnsWith(sampled: boolean): string {
  return sampled
    ? 'grid-cols-[minmax(0,1fr)_minmax(0,0.8fr)_7.5rem] @2xl:grid-cols-[minmax(0,1.2fr)_5.5rem_minmax(0,0.9fr)_10.5rem]'
    : 'grid-cols-[minmax(0,1fr)_10.5rem] @md:grid-cols-[minmax(0,1fr)_5.5rem_10.5rem]'
}

/** Whether the column of types is seen: beside examples only where there is more room. */
export function typeCell(sampled: boolean): string {
  return sampled ? 'hidden @2xl:block' : 'hidden @md:block'
}

/** Whether the column of examples is seen: once some were asked for. */
export function sampleCell(sampled: boolean): string {
  return sampled ? 'block' : 'hidden'
}

function ObjectCells({
  row,
  choice,
  open,
  readOnly,
  sampled,
  sampling,
  onToggle,
  onSync,
  onSample,
}: GridRowViewProps & { readonly row: Extract<GridRow, { kind: 'object' }> }): ReactNode {
  const { object } = row
  const Chevron = open ? ChevronDown : ChevronRight
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
        <label className="inline-flex size-6 shrink-0 items-center justify-center">
          <input
            type="checkbox"
            tabIndex={-1}
            disabled={readOnly}
            checked={choice !== undefined}
            aria-label={words.syncObject(object.title)}
            onChange={(event) => onSync(object.name, event.target.checked)}
            className="accent-accent size-4"
          />
        </label>
        <button
          type="button"
          tabIndex={-1}
          onClick={() => onToggle(object.name)}
          className="min-h-6 truncate text-left"
        >
          {object.title}
        </button>
      </span>
      <ObjectCounts {...{ object, choice, open, sampled, sampling, onSample }} />
    </>
  )
}

type ObjectCountsProps = Pick<GridRowViewProps, 'choice' | 'open' | 'sampled' | 'sampling' | 'onSample'> & {
  readonly object: CatalogueObject
}

/** What is done with an object's fields, and the way to their examples. */
function ObjectCounts(props: ObjectCountsProps): ReactNode {
  const { object, choice, open, sampled, sampling, onSample } = props
  const chosen = choice?.fields ?? {}
  const hashed = Object.values(chosen).filter((one) => one === 'hash').length
  const openCount = choice === undefined ? 0 : openFields(object.fields, chosen).length
  const counts = [object.fields.length, hashed, openCount] as const
  return (
    <span
      role="gridcell"
      className={classNames(
        'text-muted flex min-w-0 items-center justify-end gap-2 text-xs font-normal',
        sampled ? 'col-span-2 @2xl:col-span-3' : 'col-span-1 @md:col-span-2',
      )}
    >
      <span className="truncate" title={choice === undefined ? undefined : words.objectCounts(...counts)}>
        {choice === undefined ? words.notSynced : words.objectCountsShort(...counts)}
      </span>
      {onSample && <SampleButton {...{ object, open, sampling }} onPress={onSample} />}
    </span>
  )
}

function FieldCells({
  row,
  choice,
  readOnly,
  sampled,
  sample,
  onProtect,
}: GridRowViewProps & { readonly row: Extract<GridRow, { kind: 'field' }> }): ReactNode {
  const { object, field } = row
  const { protection } = protectionOf(field.path, choice?.fields)
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
      <span role="gridcell" className={classNames('text-muted truncate text-xs', typeCell(sampled))}>
        {field.type}
      </span>
      <span
        role="gridcell"
        title={sample === '–' ? words.samples.none : sample}
        className={classNames('text-muted truncate font-mono text-xs', sampleCell(sampled))}
      >
        {sample}
      </span>
      <ProtectionCell {...{ object, field, choice, readOnly }} onPick={(how) => onProtect(row, how)} />
    </>
  )
}
