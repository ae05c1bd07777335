import { type ReactNode, useRef, useState } from 'react'
import { previewStrings as words } from '../../strings/editor-preview.ts'
import { Badge } from '../../ui/badge.tsx'
import { announce } from '../../ui/live-region.tsx'
import { emptyShare } from './preview-facts.ts'
import type { Preview, PreviewSide } from './preview-facts.ts'
import { PreviewRow } from './preview-row.tsx'
import { PreviewValue } from './preview-value.tsx'
import type { CellPlace } from './use-cell-keys.ts'
import { focusCell, useCellKeys } from './use-cell-keys.ts'

interface PreviewTableProps {
  readonly title: string
  readonly preview: Preview
  readonly side: PreviewSide
}

/** Records as a grid of text: arrow keys move, Enter shows a value as a whole, Ctrl+C copies it. */
export function PreviewTable({ title, preview, side }: PreviewTableProps): ReactNode {
  const { columns } = preview
  const rows = preview[side]
  const grid = useRef<HTMLTableElement>(null)
  const [shown, setShown] = useState<CellPlace>()
  const copy = ({ row, column }: CellPlace): void => {
    const value = rows[row]?.[columns[column]?.field ?? '']
    navigator.clipboard.writeText(String(value ?? '')).then(
      () => announce(words.copied),
      () => announce(words.notCopied),
    )
  }
  const size = { rows: rows.length, columns: columns.length }
  const { active, ...listeners } = useCellKeys(grid, { ...size, onOpen: setShown, onCopy: copy })
  if (rows.length === 0) return <p className="text-muted">{words.empty}</p>
  return (
    <>
      <div className="max-h-full overflow-auto rounded-lg border">
        <table
          ref={grid}
          role="grid"
          aria-label={words.grid(title, rows.length)}
          {...listeners}
          className="text-left text-xs"
        >
          <thead className="bg-surface sticky top-0 z-10">
            <tr className="border-b">
              {columns.map((column) => (
                <HeadOf key={column.field} column={column} rows={rows} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <PreviewRow
                key={index}
                row={row}
                index={index}
                columns={columns}
                active={active.row === index ? active.column : undefined}
              />
            ))}
          </tbody>
        </table>
      </div>
      {shown && (
        <PreviewValue
          preview={preview}
          side={side}
          place={shown}
          onClose={() => setShown(undefined)}
          onClosed={() => focusCell(grid.current, shown)}
        />
      )}
    </>
  )
}

interface HeadOfProps {
  readonly column: Preview['columns'][number]
  readonly rows: Preview['before']
}

/** A field with its type, how it is protected, and how often it is empty. */
function HeadOf({ column: { field, type, protection }, rows }: HeadOfProps): ReactNode {
  return (
    <th scope="col" className="px-2 py-1.5 align-top font-medium whitespace-nowrap">
      {field}{' '}
      {protection !== 'replicate' && (
        <Badge tone={protection === 'hash' ? 'ok' : 'idle'}>{words.protection[protection]}</Badge>
      )}
      <span className="text-muted block font-normal">
        {type} · {shareText(emptyShare(rows, field))}
      </span>
    </th>
  )
}

function shareText(share: number): string {
  if (share === 0) return words.full
  if (share === 1) return words.allEmpty
  return share < 0.01 ? words.fewEmpty : words.share(Math.round(share * 100))
}
