import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, apiClient } from '../api/client.ts'
import { settingsText } from '../strings/settings.ts'
import { uiText } from '../strings/ui.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { KindChoice } from './kind-choice.tsx'
import { useChange } from './use-change.ts'

const text = settingsText.alerts

interface EditChannelProps {
  readonly channel: Answers['alerts']['channels']['items'][number]
  readonly onClose: () => void
}

/** Changes a channel's name and what it is told about. Where it leads stays: another place is another channel. */
export function EditChannel({ channel, onClose }: EditChannelProps): ReactNode {
  const { id } = channel
  const [name, setName] = useState(channel.name)
  const [kinds, setKinds] = useState(channel.kinds)
  const save = useChange({
    change: () => apiClient.alerts.updateChannel.mutate({ id, name: name.trim(), kinds: [...kinds] }),
    stale: api.alerts.pathKey(),
    done: settingsText.saved,
    onDone: onClose,
  })
  return (
    <FormDialog
      title={text.editFor(channel.name)}
      action={uiText.save}
      busy={save.isPending}
      disabled={kinds.length === 0}
      onClose={onClose}
      onSubmit={() => save.mutate(undefined)}
    >
      <TextField label={text.name} required value={name} onChange={setName} />
      <KindChoice kinds={kinds} onChange={(next) => setKinds([...next])} />
    </FormDialog>
  )
}
