import { Link } from '@tanstack/react-router'
import { Database, Plug } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Connection } from '../api/answers.ts'
import { connectionsText } from '../strings/connections.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { connectionLooks } from './connection-looks.ts'
import { Name } from '../ui/name.tsx'

const columns = connectionsText.columns

/** Connections as rows; the name opens the details. */
export function ConnectionsTable({
  connections,
}: {
  readonly connections: readonly Connection[]
}): ReactNode {
  return (
    <Table label={connectionsText.title}>
      <TableHead>
        <HeadCell>{columns.name}</HeadCell>
        <HeadCell>{columns.state}</HeadCell>
        <HeadCell className="max-md:hidden">{columns.account}</HeadCell>
        <HeadCell className="max-lg:hidden">{columns.region}</HeadCell>
        <HeadCell className="max-sm:hidden">{columns.usedBy}</HeadCell>
        <HeadCell className="max-lg:hidden">{columns.checked}</HeadCell>
      </TableHead>
      <tbody>
        {connections.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} />
        ))}
      </tbody>
    </Table>
  )
}

function ConnectionRow({ connection }: { readonly connection: Connection }): ReactNode {
  const { id, kind, name, connectorTitle, state, stateReason, account, regionTitle, usedBy, checkedAt } =
    connection
  const Icon = kind === 'source' ? Plug : Database
  return (
    <Row>
      <Cell className="min-w-44">
        <div className="flex items-center gap-3">
          <span className="bg-subtle text-muted flex size-8 shrink-0 items-center justify-center rounded-md">
            <Icon aria-hidden size={16} />
          </span>
          <div className="min-w-0">
            <Link
              to="/connections"
              search={(old) => ({ ...old, open: id })}
              className="block w-fit max-w-full leading-6 font-medium outline-offset-0 hover:underline"
            >
              <Name lines={2}>{name}</Name>
            </Link>
            <div className="text-muted mt-0.5 text-xs">{connectorTitle}</div>
          </div>
        </div>
      </Cell>
      <Cell>
        <StatusBadge status={connectionLooks[state]} word={connectionsText.states[state]} />
        {stateReason && (
          <div className="text-muted mt-0.5 line-clamp-2 max-w-56 text-xs max-sm:hidden">{stateReason}</div>
        )}
      </Cell>
      <Cell className="max-md:hidden">{account?.name ?? <span className="text-muted">–</span>}</Cell>
      <Cell className="max-lg:hidden">{regionTitle ?? <span className="text-muted">–</span>}</Cell>
      <Cell className="whitespace-nowrap max-sm:hidden">
        {usedBy.length > 0 ? (
          connectionsText.usedBy(usedBy.length)
        ) : (
          <span className="text-muted">{connectionsText.unused}</span>
        )}
      </Cell>
      <Cell className="max-lg:hidden">
        <RelativeTime at={checkedAt} absent={connectionsText.checkedNever} />
      </Cell>
    </Row>
  )
}
