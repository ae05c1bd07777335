import { memo, type ReactNode } from 'react'
import { previewStrings as words } from '../../strings/editor-preview.ts'
import { isEmpty, shortText } from './preview-facts.ts'
import type { Preview } from './preview-facts.ts'

interface PreviewRowProps {
  readonly row: Preview['before'][number]
  readonly index: number
  readonly columns: Preview['columns']
  /** The column of the cell that Tab reaches, if it is in this row. */
  readonly active: number | undefined
}

/** A record. It is drawn again only when the active cell comes to it or leaves it. */
export const PreviewRow = memo(function PreviewRow(props: PreviewRowProps): ReactNode {
  const { row, index, columns, active } = props
  return (
    <tr className="border-b last:border-b-0">
      {columns.map(({ field }, column) => (
        <td
          key={field}
          tabIndex={column === active ? 0 : -1}
          data-cell={`${index} ${column}`}
          className="hover:bg-subtle max-w-72 truncate px-2 py-1 font-mono outline-offset-[-2px]"
        >
          {isEmpty(row[field]) ? (
            <span className="text-muted" aria-label={words.none} role="img">
              –
            </span>
          ) : (
            shortText(row[field])
          )}
        </td>
      ))}
    </tr>
  )
})
