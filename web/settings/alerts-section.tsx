import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { settingsText } from '../strings/settings.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Name } from '../ui/name.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { ChannelDialog } from './channel-dialog.tsx'
import { ChannelLine } from './channel-line.tsx'

const text = settingsText.alerts

/** What is wrong now, who is told, and what was sent. */
export function AlertsSection(): ReactNode {
  const may = useMay()
  const manages = may('alerts.channels')
  return (
    <div className="space-y-4">
      <OpenAlerts />
      {manages && <Channels />}
      {may('alerts.deliveries') && <Deliveries />}
    </div>
  )
}

function OpenAlerts(): ReactNode {
  const open = useQuery(api.alerts.open.queryOptions())
  return (
    <Card title={text.open} description={text.openHint}>
      <Loaded query={open} sentence={sentenceOf} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{text.nothingOpen}</p>
          ) : (
            <ul className="divide-y rounded-lg border">
              {items.map((alert) => (
                <li key={alert.id} className="px-3 py-2">
                  <AlertLink alert={alert} />
                  <div className="text-muted">
                    {text.since} <RelativeTime at={alert.since} />
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

/** What is wrong, and the way to where it is mended: the connection, the changes that wait, the run, or the pipeline. */
function AlertLink({ alert }: { readonly alert: Answers['alerts']['open']['items'][number] }): ReactNode {
  const { kind, subjectType, subjectId: id, runId, message } = alert
  const className = 'text-accent block font-medium leading-6 hover:underline'
  if (subjectType === 'connection')
    return (
      <Link to="/connections" search={{ open: id }} className={className}>
        {message}
      </Link>
    )
  if (kind === 'schema_change_waiting')
    return (
      <Link to="/changes" search={{ pipeline: id }} className={className}>
        {message}
      </Link>
    )
  if (runId !== null)
    return (
      <Link to="/pipelines/$id/runs/$run" params={{ id, run: runId }} className={className}>
        {message}
      </Link>
    )
  return (
    <Link to="/pipelines/$id/edit" params={{ id }} className={className}>
      {message}
    </Link>
  )
}

function Channels(): ReactNode {
  const channels = useQuery(api.alerts.channels.queryOptions())
  const [adding, setAdding] = useState(false)
  return (
    <Card
      title={text.channels}
      actions={
        <Button icon={Plus} onClick={() => setAdding(true)}>
          {text.add}
        </Button>
      }
    >
      <Loaded query={channels} sentence={sentenceOf} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{text.noChannels}</p>
          ) : (
            <ul className="divide-y rounded-lg border">
              {items.map((channel) => (
                <ChannelLine key={channel.id} channel={channel} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {adding && <ChannelDialog onClose={() => setAdding(false)} />}
    </Card>
  )
}

function Deliveries(): ReactNode {
  const deliveries = useQuery(
    api.alerts.deliveries.queryOptions(
      {},
      {
        refetchInterval: ({ state }) =>
          state.data?.items.some((one) => one.state === 'waiting') ? 5_000 : false,
      },
    ),
  )
  return (
    <Card title={text.deliveries}>
      <Loaded query={deliveries} sentence={sentenceOf} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{text.noDeliveries}</p>
          ) : (
            <Table label={text.deliveries} maxHeight="24rem">
              <TableHead>
                <HeadCell>{text.when}</HeadCell>
                <HeadCell>{text.channel}</HeadCell>
                <HeadCell className="max-sm:hidden">{text.notice}</HeadCell>
                <HeadCell>{text.result}</HeadCell>
              </TableHead>
              <tbody>
                {items.map(({ id, at, channelName, notice, state, message }) => (
                  <Row key={id}>
                    <Cell>
                      <RelativeTime at={at} />
                    </Cell>
                    <Cell>
                      <Name>{channelName}</Name>
                    </Cell>
                    <Cell className="max-sm:hidden">{text.notices[notice]}</Cell>
                    <Cell>
                      <Badge tone={deliveryTones[state]}>
                        {state === 'waiting' && message ? text.triesAgain : text.states[state]}
                      </Badge>
                      {message && <div className="text-muted text-xs">{message}</div>}
                    </Cell>
                  </Row>
                ))}
              </tbody>
            </Table>
          )
        }
      </Loaded>
    </Card>
  )
}

const deliveryTones = { waiting: 'info', delivered: 'ok', failed: 'bad' } as const
