import { type ReactNode, useState } from 'react'
import { api, apiClient } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import { settingsText } from '../strings/settings.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Form } from '../ui/form.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useChange } from './use-change.ts'

const text = settingsText.general

/** The workspace's name. */
export function GeneralSection(): ReactNode {
  const me = useMe()
  const [name, setName] = useState(me.workspace?.name ?? '')
  const rename = useChange({
    change: () => apiClient.workspaces.rename.mutate({ name: name.trim() }),
    stale: api.session.pathKey(),
    done: settingsText.saved,
  })
  return (
    <Card title={text.title}>
      <Form className="flex flex-wrap items-end gap-2" onSubmit={() => rename.mutate(undefined)}>
        <div className="w-full max-w-80">
          <TextField label={text.rename} required value={name} onChange={setName} />
        </div>
        <Button type="submit" busy={rename.isPending} disabled={name === me.workspace?.name}>
          {text.renameAction}
        </Button>
      </Form>
    </Card>
  )
}
