import type { ReactNode } from 'react'
import type { Answers } from '../api/answers.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Notice } from '../ui/notice.tsx'
import { Cell, HeadCell, NumberCell, Row, Table, TableHead } from '../ui/table.tsx'
import { RowsTable } from './rows-table.tsx'

interface TriedProps {
  readonly answer: Answers['connectors']['try']
  /** What is to be said of the records. */
  readonly children: ReactNode
}

/** What a try read, and the requests that it took. */
export function Tried({ answer, children }: TriedProps): ReactNode {
  const { check, rows, requests } = answer
  return (
    <>
      <Notice tone={check.ok ? 'ok' : 'warn'} title={check.message}>
        {check.problems.map(({ pointer, message, fix }) => (
          <p key={pointer + message}>
            {message} {fix}
          </p>
        ))}
      </Notice>
      {(check.ok || rows.length > 0) && (
        <h2 className="font-semibold">{connectorsText.tried(rows.length)}</h2>
      )}
      {check.ok && rows.length === 0 && <p className="text-muted">{connectorsText.noRows}</p>}
      {rows.length > 0 && <RowsTable rows={rows} />}
      {children}
      <h2 className="font-semibold">{connectorsText.requests}</h2>
      {requests.length === 0 && <p className="text-muted">{connectorsText.noRequests}</p>}
      {requests.length > 0 && (
        <Table label={connectorsText.requests} maxHeight="16rem">
          <TableHead>
            <HeadCell>{connectorsText.request.method}</HeadCell>
            <HeadCell>{connectorsText.request.path}</HeadCell>
            <HeadCell className="text-right">{connectorsText.request.status}</HeadCell>
            <HeadCell className="text-right">{connectorsText.request.time}</HeadCell>
          </TableHead>
          <tbody>
            {requests.map(({ method, path, status, ms }, index) => (
              <Row key={index}>
                <Cell className="h-8 font-mono text-xs">{method}</Cell>
                <Cell className="h-8 font-mono text-xs break-all">{path}</Cell>
                <NumberCell className="h-8">{status}</NumberCell>
                <NumberCell className="h-8">{Math.round(ms)} ms</NumberCell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </>
  )
}
