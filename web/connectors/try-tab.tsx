import { useMutation, useQuery } from '@tanstack/react-query'
import { FlaskConical, Plug } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { useShortcut } from '../keyboard/use-shortcut.ts'
import { askFor } from '../navigation/dialog-requests.ts'
import { connectorVersionsText } from '../strings/connector-versions.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import { Cell, HeadCell, NumberCell, Row, Table, TableHead } from '../ui/table.tsx'
import { RowsTable } from './rows-table.tsx'
import type { WorkbenchState } from './use-workbench.ts'

interface TryTabProps {
  readonly name: string
  readonly bench: WorkbenchState
}

/** Tries the manifest as it is in the editor: checks a connection, reads ten records, shows what was asked. */
export function TryTab({ name, bench }: TryTabProps): ReactNode {
  const may = useMay()
  const connections = useQuery(api.connections.list.queryOptions({ kind: 'source' }))
  const tried = bench.checked?.form?.name ?? name
  const able = connections.data?.filter(({ connector }) => connector === tried) ?? []
  const objects = bench.checked?.objects.map(({ object }) => object) ?? []
  const [connection, setConnection] = useState('')
  const [object, setObject] = useState('')
  const connectionId = able.find(({ id }) => id === connection)?.id ?? able[0]?.id
  const chosen = objects.includes(object) ? object : objects[0]
  const attempt = useMutation({
    mutationFn: (what: { readonly connectionId: string; readonly object: string }) =>
      apiClient.connectors.try.mutate({
        ...what,
        manifest: bench.files.manifest,
        records: { ...bench.files.records },
      }),
  })
  const start = (): void => {
    if (connectionId && chosen && !attempt.isPending) attempt.mutate({ connectionId, object: chosen })
  }
  useShortcut('tryManifest', start)
  if (!may('connectors.try')) return <p className="text-muted p-4">{connectorsText.notAllowed}</p>
  if (connections.isSuccess && able.length === 0) return <NoConnection name={tried} />
  return (
    <div className="space-y-4 p-4">
      <p className="text-muted">{connectorsText.tryHint}</p>
      <div className="flex flex-wrap items-end gap-2">
        <Choice
          label={connectorsText.tryConnection}
          value={connectionId}
          options={able.map(({ id, name: label }) => ({ value: id, label }))}
          onChange={setConnection}
        />
        <Choice
          label={connectorsText.tryObject}
          value={chosen}
          options={objects.map((one) => ({ value: one, label: one }))}
          onChange={setObject}
        />
        <Button
          look="primary"
          icon={FlaskConical}
          busy={attempt.isPending}
          disabled={!connectionId || !chosen}
          onClick={start}
        >
          {connectorsText.tryAction}
        </Button>
      </div>
      {attempt.isError && <ErrorBanner message={sentenceOf(attempt.error)} />}
      {attempt.data && <Tried answer={attempt.data} />}
    </div>
  )
}

function NoConnection({ name }: { readonly name: string }): ReactNode {
  const known = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const published = known.data?.some((one) => one.name === name) ?? false
  return (
    <div className="space-y-3 p-4">
      <p className="text-muted">{connectorsText.tryNoConnection(name)}</p>
      {published ? (
        <Button
          look="primary"
          icon={Plug}
          onClick={() => askFor({ type: 'connect', kind: 'source', connector: name })}
        >
          {connectorVersionsText.connect}
        </Button>
      ) : (
        <p className="text-muted">{connectorsText.tryNewConnector}</p>
      )}
    </div>
  )
}

function Tried({ answer }: { readonly answer: Answers['connectors']['try'] }): ReactNode {
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
      <h3 className="font-semibold">{connectorsText.tried(rows.length)}</h3>
      {rows.length === 0 ? <p className="text-muted">{connectorsText.noRows}</p> : <RowsTable rows={rows} />}
      <h3 className="font-semibold">{connectorsText.requests}</h3>
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

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly SelectOption<string>[]
  readonly onChange: (value: string) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  return (
    <div className="min-w-32 flex-1">
      <Field label={label}>
        {(control) => <Select {...control} value={value ?? ''} options={options} onChange={onChange} />}
      </Field>
    </div>
  )
}
