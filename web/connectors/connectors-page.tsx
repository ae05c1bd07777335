import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Cable, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Badge } from '../ui/badge.tsx'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Cell, HeadCell, NumberCell, Row, Table, TableHead } from '../ui/table.tsx'

const columns = connectorsText.columns

/** All connectors; the name of a source opens its manifest. */
export function ConnectorsPage(): ReactNode {
  const may = useMay()
  const list = useQuery(api.connectors.list.queryOptions())
  return (
    <Page
      title={connectorsText.title}
      description={connectorsText.description}
      actions={
        may('connectors.check') && (
          <Link to="/connectors/$name" params={{ name: 'new' }} className={buttonClass('primary')}>
            <Plus aria-hidden size={15} />
            {connectorsText.newManifest}
          </Link>
        )
      }
    >
      <Loaded query={list} sentence={sentenceOf} rows={5}>
        {(connectors) =>
          connectors.length === 0 ? (
            <EmptyState icon={Cable} title={connectorsText.empty}>
              {connectorsText.emptyHint}
            </EmptyState>
          ) : (
            <ConnectorsTable connectors={connectors} />
          )
        }
      </Loaded>
    </Page>
  )
}

function ConnectorsTable({ connectors }: { readonly connectors: readonly ConnectorForm[] }): ReactNode {
  return (
    <Table label={connectorsText.title}>
      <TableHead>
        <HeadCell>{columns.connector}</HeadCell>
        <HeadCell>{columns.kind}</HeadCell>
        <HeadCell className="text-right">{columns.objects}</HeadCell>
        <HeadCell className="max-md:hidden">{columns.regions}</HeadCell>
      </TableHead>
      <tbody>
        {connectors.map(({ name, title, description, kind, objects, regions }) => (
          <Row key={`${kind} ${name}`}>
            <Cell className="py-2">
              {kind === 'source' ? (
                <Link to="/connectors/$name" params={{ name }} className="font-medium hover:underline">
                  {title}
                </Link>
              ) : (
                <span className="font-medium">{title}</span>
              )}
              <div className="text-muted line-clamp-2 max-w-2xl">{description}</div>
            </Cell>
            <Cell>
              <Badge tone={kind === 'source' ? 'accent' : 'idle'}>{connectorsText.kinds[kind]}</Badge>
            </Cell>
            <NumberCell>{kind === 'source' ? objects : '–'}</NumberCell>
            <Cell className="text-muted max-md:hidden">
              {regions.map((region) => region.title).join(', ') || '–'}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  )
}
