import { Pencil, Send, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, apiClient } from '../api/client.ts'
import { settingsText } from '../strings/settings.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Name } from '../ui/name.tsx'
import { toastDone, toastFailed } from '../ui/toaster.tsx'
import { ConfirmedChange } from './confirmed-change.tsx'
import { EditChannel } from './edit-channel.tsx'
import { useChange } from './use-change.ts'

const text = settingsText.alerts

interface ChannelLineProps {
  readonly channel: Answers['alerts']['channels']['items'][number]
}

/** One place where alerts go: on or off, a test, the end of it. */
export function ChannelLine({ channel }: ChannelLineProps): ReactNode {
  const { id, name, kind, target, kinds, enabled } = channel
  const [editing, setEditing] = useState(false)
  const stale = api.alerts.pathKey()
  const turn = useChange({
    change: (on: boolean) => apiClient.alerts.updateChannel.mutate({ id, enabled: on }),
    stale,
  })
  const test = useChange({
    change: () => apiClient.alerts.testChannel.mutate({ id }),
    stale,
    onDone: ({ ok, message }) => (ok ? toastDone(text.testSent) : toastFailed(text.testFailed(message))),
  })
  return (
    <li className="flex items-center gap-3 px-3 py-2 max-sm:flex-wrap max-sm:items-start">
      <Checkbox
        hideLabel
        label={text.enabledFor(name)}
        checked={enabled}
        disabled={turn.isPending}
        onChange={(on) => turn.mutate(on)}
      />
      <div className="min-w-0 flex-1 max-sm:basis-52">
        <div className="font-medium wrap-anywhere">
          <Name>{name}</Name>
        </div>
        <div className="text-muted text-xs break-all">
          {text.kinds[kind]} · {target}
        </div>
        <div className="text-muted text-xs">{kinds.map((one) => text.eventKinds[one]).join(' · ')}</div>
      </div>
      <div className="flex gap-2 max-sm:w-full max-sm:pl-7">
        <IconButton
          icon={Send}
          label={text.testFor(name)}
          disabled={test.isPending}
          onClick={() => test.mutate(undefined)}
        />
        <IconButton icon={Pencil} label={text.editFor(name)} onClick={() => setEditing(true)} />
        <RemoveChannel id={id} name={name} />
      </div>
      {editing && <EditChannel channel={channel} onClose={() => setEditing(false)} />}
    </li>
  )
}

function RemoveChannel({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  return (
    <ConfirmedChange
      change={() => apiClient.alerts.removeChannel.mutate({ id })}
      stale={api.alerts.pathKey()}
      title={text.removeTitle(name)}
      action={text.remove}
      text={text.removeText}
      button={(ask) => <IconButton icon={Trash2} label={text.removeFor(name)} onClick={ask} />}
    />
  )
}
