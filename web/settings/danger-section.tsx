import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { connectionsText } from '../strings/connections.ts'
import { settingsText } from '../strings/settings.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Name } from '../ui/name.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { PausedPipelines } from '../connections/paused-pipelines.tsx'
import { useChange } from './use-change.ts'

const text = settingsText.danger

/** What cannot be undone: deleting all data of a connection. */
export function DangerSection(): ReactNode {
  return (
    <div className="space-y-4">
      <WipeConnection />
      <Wipes />
    </div>
  )
}

function WipeConnection(): ReactNode {
  const connections = useQuery(api.connections.list.queryOptions({ kind: 'source' }))
  const [id, setId] = useState<string>()
  const [asking, setAsking] = useState(false)
  const chosen = connections.data?.find((connection) => connection.id === id)
  const wipe = useChange({
    change: () => apiClient.wipes.start.mutate({ connectionId: id ?? '', confirm: 'DELETE' }),
    stale: api.wipes.pathKey(),
    onDone: () => {
      setAsking(false)
      setId(undefined)
      void queryClient.invalidateQueries()
    },
  })
  return (
    <Card title={text.wipe} description={text.wipeHint}>
      <div className="flex flex-wrap items-end gap-2">
        <div className="w-full max-w-80">
          <Field label={text.choose}>
            {({ id: control, 'aria-describedby': describedBy }) => (
              <Combobox
                id={control}
                aria-describedby={describedBy}
                label={text.choose}
                value={id}
                options={
                  connections.data?.map((one) => ({
                    value: one.id,
                    label: one.name,
                    detail: one.account?.name ?? one.connectorTitle,
                  })) ?? []
                }
                onChange={setId}
              />
            )}
          </Field>
        </div>
        <Button look="danger" disabled={!chosen} onClick={() => setAsking(true)}>
          {text.wipeAction}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={connectionsText.wipeTitle(chosen?.name ?? '')}
        action={text.wipeAction}
        typed="DELETE"
        busy={wipe.isPending}
        onConfirm={() => wipe.mutate(undefined)}
      >
        <p>{text.wipeHint}</p>
        {chosen && <PausedPipelines pipelines={chosen.usedBy} />}
      </ConfirmDialog>
    </Card>
  )
}

const wipeTones = { queued: 'idle', running: 'info', done: 'ok', failed: 'bad' } as const

function Wipes(): ReactNode {
  const wipes = useQuery(
    api.wipes.list.queryOptions(undefined, {
      refetchInterval: ({ state }) =>
        state.data?.some((wipe) => wipe.state === 'running' || wipe.state === 'queued') ? 2_000 : false,
    }),
  )
  return (
    <Card title={text.wipes}>
      <Loaded query={wipes} sentence={sentenceOf} rows={1}>
        {(items) =>
          items.length === 0 ? (
            <p className="text-muted">{text.noWipes}</p>
          ) : (
            <ul className="divide-y rounded-lg border">
              {items.map((wipe) => (
                <li key={wipe.id} className="flex flex-wrap items-center gap-3 px-3 py-2">
                  <Badge tone={wipeTones[wipe.state]}>{text.states[wipe.state]}</Badge>
                  <Name className="min-w-0 flex-1 font-medium wrap-anywhere">{wipe.connectionName}</Name>
                  <span className="text-muted">
                    {wipe.error ??
                      text.objectsGone(wipe.objects.filter(({ done }) => done).length, wipe.objects.length)}
                  </span>
                  <RelativeTime at={wipe.finishedAt ?? wipe.createdAt} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}
