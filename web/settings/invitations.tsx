import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { appText } from '../strings/app.ts'
import { settingsText } from '../strings/settings.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { useChange } from './use-change.ts'

const text = settingsText.members
type Invitation = Answers['invitations']['list']['items'][number]

/** Invitations that nobody has used yet. */
export function Invitations(): ReactNode {
  const list = useQuery(api.invitations.list.queryOptions())
  return (
    <Card title={text.invitations}>
      <Loaded query={list} sentence={sentenceOf} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{text.noInvitations}</p>
          ) : (
            <ul className="divide-y rounded-lg border">
              {items.map((invitation) => (
                <InvitationLine key={invitation.email} invitation={invitation} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

function InvitationLine({ invitation }: { readonly invitation: Invitation }): ReactNode {
  const { id, email, role, expiresAt } = invitation
  const [again, setAgain] = useState(false)
  const revoke = useChange({
    change: () => apiClient.invitations.revoke.mutate({ id }),
    stale: api.invitations.pathKey(),
    done: text.revoked,
  })
  return (
    <li className="flex flex-wrap items-center gap-3 px-3 py-2">
      <div className="min-w-0 flex-1 basis-40">
        <div className="font-medium break-all">{email}</div>
        <div className="text-muted text-xs">
          {appText.roles[role]} · {text.expires} <RelativeTime at={expiresAt} />
        </div>
      </div>
      <div className="flex gap-2">
        <Button size="small" aria-label={text.newLinkFor(email)} onClick={() => setAgain(true)}>
          {text.newLink}
        </Button>
        <Button
          size="small"
          aria-label={text.revokeFor(email)}
          disabled={revoke.isPending}
          onClick={() => revoke.mutate(undefined)}
        >
          {text.revoke}
        </Button>
      </div>
      {again && <InviteDialog again={invitation} onClose={() => setAgain(false)} />}
    </li>
  )
}
