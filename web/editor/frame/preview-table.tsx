import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Badge } from '../../ui/badge.tsx'
import type { Protection } from '../document/draft-document.ts'

interface PreviewTableProps {
  readonly columns: readonly {
    readonly field: string
    readonly type: string
    readonly protection: Protection
  }[]
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

const longestCell = 120

/** Records as text; HTML in them is shown, never rendered. */
export function PreviewTable({ columns, rows }: PreviewTableProps): ReactNode {
  if (rows.length === 0) return <p className="text-muted">{words.previewEmpty}</p>
  return (
    <div
      className="overflow-x-auto rounded-lg border"
      role="region"
      aria-label={words.drawer.preview}
      tabIndex={0}
    >
      <table className="text-left text-xs">
        <thead>
          <tr className="border-b">
            {columns.map(({ field, type, protection }) => (
              <th key={field} className="px-2 py-1.5 font-medium whitespace-nowrap">
                {field} <span className="text-muted font-normal">{type}</span>{' '}
                {protection === 'hash' && <Badge tone="ok">{words.hashedColumn}</Badge>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-b last:border-b-0">
              {columns.map(({ field }) => (
                <td key={field} className="max-w-72 truncate px-2 py-1 font-mono">
                  {cellText(row[field])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '–'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longestCell ? `${text.slice(0, longestCell)} …` : text
}
