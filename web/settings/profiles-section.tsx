import { useQuery } from '@tanstack/react-query'
import { KeyRound, Pencil, Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { settingsText } from '../strings/settings.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Name } from '../ui/name.tsx'
import { ConfirmedChange } from './confirmed-change.tsx'
import { ProfileDialog } from './profile-dialog.tsx'

const text = settingsText.profiles
export type Profile = Answers['oauthProfiles']['list'][number]

/** OAuth apps that an admin registered. The secret is never shown again. */
export function ProfilesSection(): ReactNode {
  const may = useMay()
  const profiles = useQuery(api.oauthProfiles.list.queryOptions())
  const [open, setOpen] = useState<Profile | 'new'>()
  const add = may('oauthProfiles.create') && (
    <Button look="primary" icon={Plus} onClick={() => setOpen('new')}>
      {text.add}
    </Button>
  )
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <p className="text-muted min-w-0 flex-1 basis-64">{text.description}</p>
        {add}
      </div>
      <Loaded query={profiles} sentence={sentenceOf}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState icon={KeyRound} title={text.none}>
              {add ? text.noneHint : settingsText.adminsChange}
            </EmptyState>
          ) : (
            <ul className="bg-surface divide-y rounded-lg border">
              {items.map((profile) => (
                <ProfileLine
                  key={profile.id}
                  profile={profile}
                  onEdit={may('oauthProfiles.update') ? () => setOpen(profile) : undefined}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {open && (
        <ProfileDialog profile={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />
      )}
    </>
  )
}

interface ProfileLineProps {
  readonly profile: Profile
  readonly onEdit: (() => void) | undefined
}

function ProfileLine({ profile, onEdit }: ProfileLineProps): ReactNode {
  const { id, name, connector, clientIdTail, redirectUri } = profile
  const connectors = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const title = connectors.data?.find((one) => one.name === connector)?.title
  return (
    <li className="flex flex-wrap items-center gap-x-3 px-3 py-2.5">
      <div className="min-w-0 flex-1">
        <div className="font-medium wrap-anywhere">
          <Name>{name}</Name>
        </div>
        <div className="text-muted text-xs">
          {title ?? connector} · {text.tail(clientIdTail)}
        </div>
      </div>
      {onEdit && (
        <>
          <IconButton icon={Pencil} label={text.editFor(name)} onClick={onEdit} />
          <ConfirmedChange
            change={() => apiClient.oauthProfiles.remove.mutate({ id })}
            stale={api.oauthProfiles.pathKey()}
            title={text.removeTitle(name)}
            action={text.remove}
            text={text.removeText}
            button={(ask) => <IconButton icon={Trash2} label={text.removeFor(name)} onClick={ask} />}
          />
        </>
      )}
      <div className="text-muted flex w-full items-center gap-1 text-xs">
        <span className="break-all">{redirectUri}</span>
        <CopyButton text={redirectUri} label={text.copyRedirect} />
      </div>
    </li>
  )
}
