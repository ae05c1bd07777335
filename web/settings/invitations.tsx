import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { appText } from '../strings/app.ts'
import { settingsText } from '../strings/settings.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useChange } from './use-change.ts'

const text = settingsText.members

/** Invitations that nobody has used yet. */
export function Invitations(): ReactNode {
  const list = useQuery(api.invitations.list.queryOptions())
  const revoke = useChange({
    change: (id: string) => apiClient.invitations.revoke.mutate({ id }),
    stale: api.invitations.pathKey(),
    done: text.revoked,
  })
  return (
    <Card title={text.invitations}>
      <Loaded query={list} sentence={sentenceOf} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{text.noInvitations}</p>
          ) : (
            <ul className="divide-y rounded-lg border">
              {items.map(({ id, email, role, expiresAt }) => (
                <li key={id} className="flex flex-wrap items-center gap-3 px-3 py-2">
                  <div className="min-w-0 flex-1">
                    <div className="font-medium break-all">{email}</div>
                    <div className="text-muted text-xs">
                      {appText.roles[role]} · {text.expires} <RelativeTime at={expiresAt} />
                    </div>
                  </div>
                  <Button size="small" disabled={revoke.isPending} onClick={() => revoke.mutate(id)}>
                    {text.revoke}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}
