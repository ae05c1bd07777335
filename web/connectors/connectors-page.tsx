import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Cable, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ConnectorForm, OwnConnector } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Badge } from '../ui/badge.tsx'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Cell, HeadCell, NumberCell, Row, Table, TableHead } from '../ui/table.tsx'
import { OwnState } from './own-state.tsx'

const columns = connectorsText.columns

/** All connectors, the workspace's own first; the name of a source opens its manifest. */
export function ConnectorsPage(): ReactNode {
  const may = useMay()
  const list = useQuery(api.connectors.list.queryOptions())
  const own = useQuery(api.connectors.own.queryOptions())
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
        {(connectors) => (
          <Loaded query={own} sentence={sentenceOf} rows={5}>
            {(ours) =>
              connectors.length + ours.length === 0 ? (
                <EmptyState icon={Cable} title={connectorsText.empty}>
                  {connectorsText.emptyHint}
                </EmptyState>
              ) : (
                <ConnectorsTable connectors={connectors} own={ours} />
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

interface ConnectorsTableProps {
  readonly connectors: readonly ConnectorForm[]
  readonly own: readonly OwnConnector[]
}

function ConnectorsTable({ connectors, own }: ConnectorsTableProps): ReactNode {
  const names = new Set(own.map(({ name }) => name))
  return (
    <Table label={connectorsText.title}>
      <TableHead>
        <HeadCell>{columns.connector}</HeadCell>
        <HeadCell className="max-sm:hidden">{columns.kind}</HeadCell>
        <HeadCell>{columns.state}</HeadCell>
        <HeadCell className="text-right max-sm:hidden">{columns.objects}</HeadCell>
        <HeadCell className="max-md:hidden">{columns.regions}</HeadCell>
      </TableHead>
      <tbody>
        {own.map((one) => (
          <ConnectorRow
            key={one.name}
            title={one.title}
            link={one.name}
            kind="source"
            form={connectors.find(({ name }) => name === one.name)}
            state={<OwnState own={one} />}
          />
        ))}
        {connectors
          .filter(({ name }) => !names.has(name))
          .map((form) => (
            <ConnectorRow
              key={`${form.kind} ${form.name}`}
              title={form.title}
              link={form.kind === 'source' ? form.name : undefined}
              kind={form.kind}
              form={form}
              state={<span className="text-muted sm:whitespace-nowrap">{words.comesWith}</span>}
            />
          ))}
      </tbody>
    </Table>
  )
}

interface ConnectorRowProps {
  readonly title: string
  /** The name under which it has a page. */
  readonly link: string | undefined
  readonly kind: ConnectorForm['kind']
  /** What it offers; undefined for a draft that was never published. */
  readonly form: ConnectorForm | undefined
  readonly state: ReactNode
}

function ConnectorRow({ title, link, kind, form, state }: ConnectorRowProps): ReactNode {
  return (
    <Row>
      <Cell className="py-2">
        {link === undefined ? (
          <span className="font-medium">{title}</span>
        ) : (
          <Link to="/connectors/$name" params={{ name: link }} className="font-medium hover:underline">
            {title}
          </Link>
        )}
        <div className="text-muted line-clamp-2 max-w-2xl">{form?.description ?? link}</div>
      </Cell>
      <Cell className="max-sm:hidden">
        <Badge tone={kind === 'source' ? 'accent' : 'idle'}>{connectorsText.kinds[kind]}</Badge>
      </Cell>
      <Cell>{state}</Cell>
      <NumberCell className="max-sm:hidden">{kind === 'source' ? (form?.objects ?? '–') : '–'}</NumberCell>
      <Cell className="text-muted max-md:hidden">
        {form?.regions.map((region) => region.title).join(', ') || '–'}
      </Cell>
    </Row>
  )
}
