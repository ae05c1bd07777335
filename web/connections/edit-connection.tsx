import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Connection } from '../api/answers.ts'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { connectionsText } from '../strings/connections.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toastDone } from '../ui/toaster.tsx'
import { DestinationFields } from './destination-fields.tsx'
import { SettingFields } from './setting-fields.tsx'

interface EditConnectionProps {
  readonly connection: Connection
  readonly onClose: () => void
}

/** Renames a connection, or gives it other settings; a secret left empty stays. */
export function EditConnection({ connection, onClose }: EditConnectionProps): ReactNode {
  const connectors = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const [name, setName] = useState(connection.name)
  const [settings, setSettings] = useState<Readonly<Record<string, string>>>(connection.settings)
  const form = connectors.data?.find(
    (connector) => connector.name === connection.connector && connector.kind === connection.kind,
  )
  const fields = connection.method === 'oauth' ? [] : (form?.settings ?? [])
  const update = useMutation(
    api.connections.update.mutationOptions({
      onSuccess: async () => {
        toastDone(connectionsText.edited)
        onClose()
        await queryClient.invalidateQueries({ queryKey: api.connections.pathKey() })
      },
    }),
  )
  // Secrets are never shown, so one that is empty was not touched; any other setting that is empty now was taken away.
  const changed = Object.fromEntries(
    Object.entries(settings).filter(([key, value]) => value.trim() !== (connection.settings[key] ?? '')),
  )
  return (
    <FormDialog
      title={connectionsText.edit}
      action={connectionsText.editAction}
      busy={update.isPending}
      error={update.isError ? sentenceOf(update.error) : undefined}
      onClose={onClose}
      onSubmit={() =>
        update.mutate({
          id: connection.id,
          name: name.trim(),
          ...(Object.keys(changed).length > 0 ? { settings: changed } : {}),
        })
      }
    >
      <TextField label={connectionsText.name} required value={name} onChange={setName} />
      {connection.kind === 'destination' ? (
        <DestinationFields
          connector={connection.connector}
          settings={fields}
          values={settings}
          kept
          onChange={setSettings}
        />
      ) : (
        <SettingFields settings={fields} values={settings} kept onChange={setSettings} />
      )}
    </FormDialog>
  )
}
