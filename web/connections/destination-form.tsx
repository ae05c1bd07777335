import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Connection, ConnectorForm } from '../api/answers.ts'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { withoutMarks } from '../strings/catalogue.ts'
import { connectionsText } from '../strings/connections.ts'
import { Form } from '../ui/form.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ConnectBar } from './connect-bar.tsx'
import { freeName } from './free-name.ts'
import { DestinationFields } from './destination-fields.tsx'
import { saidSettings } from './source-draft.ts'

interface DestinationFormProps {
  readonly connector: ConnectorForm
  /** What the connections are called that are there. */
  readonly taken: readonly string[]
  readonly onMade: (connection: Connection) => void
  readonly onBack: () => void
}

/** The form of a database where tables land. It is tested before it is saved. */
export function DestinationForm({ connector, taken, onMade, onBack }: DestinationFormProps): ReactNode {
  const [name, setName] = useState(() =>
    freeName(withoutMarks(connectionsText.nameOfDestination(connector.title)), taken),
  )
  const told = connector.settings.map((setting) => explained(connector.name, setting))
  const [settings, setSettings] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      told.flatMap((setting) => (setting.default === null ? [] : [[setting.name, setting.default]])),
    ),
  )
  const create = useMutation(
    api.connections.createDestination.mutationOptions({
      onSuccess: (connection) => {
        void queryClient.invalidateQueries({ queryKey: api.connections.pathKey() })
        onMade(connection)
      },
    }),
  )
  return (
    <Form
      className="space-y-4"
      onSubmit={() => {
        if (!create.isPending)
          create.mutate({ type: connector.name, name: name.trim(), settings: saidSettings(settings) })
      }}
    >
      <TextField
        label={connectionsText.name}
        hint={connectionsText.nameHint}
        required
        value={name}
        onChange={setName}
      />
      <DestinationFields
        connector={connector.name}
        settings={told}
        values={settings}
        onChange={setSettings}
      />
      {connector.notes.map((note) => (
        <p key={note} className="text-muted">
          {note}
        </p>
      ))}
      <ConnectBar
        refusal={create.isError ? sentenceOf(create.error) : undefined}
        busy={create.isPending}
        connecting={create.isPending}
        onBack={onBack}
      />
    </Form>
  )
}

/** A file needs no address to look up: a name to begin with, and where it will be. */
function explained(connector: string, setting: ConnectorForm['settings'][number]): typeof setting {
  if (connector !== 'duckdb' || setting.name !== 'path') return setting
  const description = setting.description ?? connectionsText.filePathHint
  return { ...setting, description, default: setting.default ?? 'warehouse.duckdb' }
}
