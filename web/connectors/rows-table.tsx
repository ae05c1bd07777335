import type { ReactNode } from 'react'
import { connectorsText } from '../strings/connectors.ts'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'

const longest = 120

/** Records as a table, cut to what a cell can hold. */
export function RowsTable({
  rows,
}: {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}): ReactNode {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return (
    <Table label={connectorsText.tried(rows.length)} maxHeight="20rem">
      <TableHead>
        {columns.map((column) => (
          <HeadCell key={column} className="font-mono">
            {column}
          </HeadCell>
        ))}
      </TableHead>
      <tbody>
        {rows.map((row, index) => (
          <Row key={index}>
            {columns.map((column) => (
              <Cell key={column} className="h-8 max-w-64 truncate font-mono text-xs">
                {cellText(row[column])}
              </Cell>
            ))}
          </Row>
        ))}
      </tbody>
    </Table>
  )
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '–'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
