import { useQuery } from '@tanstack/react-query'
import { UserMinus, UserPlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Answers, Role } from '../api/answers.ts'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { useMay, useMe } from '../api/session.ts'
import { appText } from '../strings/app.ts'
import { settingsText } from '../strings/settings.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Name } from '../ui/name.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Select } from '../ui/select.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { ConfirmedChange } from './confirmed-change.tsx'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { RoleMatrix } from './role-matrix.tsx'
import { roleOptions } from './role-field.tsx'
import { useChange } from './use-change.ts'

const text = settingsText.members
type Member = Answers['members']['list']['items'][number]

/** Who is in the workspace, in which role, and what each role may do. */
export function MembersSection(): ReactNode {
  const may = useMay()
  const members = useQuery(api.members.list.queryOptions())
  const [inviting, setInviting] = useState(false)
  return (
    <div className="space-y-4">
      <Card
        title={text.title}
        description={text.description}
        actions={
          may('invitations.create') && (
            <Button look="primary" icon={UserPlus} onClick={() => setInviting(true)}>
              {text.invite}
            </Button>
          )
        }
      >
        <Loaded query={members} sentence={sentenceOf}>
          {({ items }) => <MembersTable members={items} />}
        </Loaded>
      </Card>
      {may('invitations.list') && <Invitations />}
      <RoleMatrix />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </div>
  )
}

function MembersTable({ members }: { readonly members: readonly Member[] }): ReactNode {
  return (
    <Table label={text.title}>
      <TableHead>
        <HeadCell className="max-sm:w-full">{text.name}</HeadCell>
        <HeadCell>{text.role}</HeadCell>
        <HeadCell className="max-sm:hidden">{text.joined}</HeadCell>
        <HeadCell className="w-12">
          <span className="sr-only">{text.removeAction}</span>
        </HeadCell>
      </TableHead>
      <tbody>
        {members.map((member) => (
          <MemberRow key={member.userId} member={member} />
        ))}
      </tbody>
    </Table>
  )
}

function MemberRow({ member }: { readonly member: Member }): ReactNode {
  const { userId, name, email, role, joinedAt } = member
  const may = useMay()
  const me = useMe()
  const change = useChange({
    change: (next: Role) => apiClient.members.setRole.mutate({ userId, role: next }),
    stale: api.members.pathKey(),
    done: settingsText.saved,
  })
  const isMe = userId === me.user?.id
  const [local, ...host] = email.split('@')
  return (
    <Row>
      <Cell>
        <div className="font-medium">
          <Name>{name}</Name> {isMe && <span className="text-muted font-normal">({text.you})</span>}
        </div>
        <div className="text-muted text-xs wrap-anywhere">
          {local}
          <wbr />@{host.join('@')}
        </div>
      </Cell>
      <Cell>
        {may('members.setRole') ? (
          <Select
            aria-label={text.roleOf(name)}
            className="w-28 max-sm:w-26"
            value={role}
            disabled={change.isPending}
            options={roleOptions}
            onChange={(next) => change.mutate(next)}
          />
        ) : (
          appText.roles[role]
        )}
      </Cell>
      <Cell className="max-sm:hidden">
        <RelativeTime at={joinedAt} />
      </Cell>
      <Cell>{may('members.remove') && !isMe && <RemoveMember member={member} />}</Cell>
    </Row>
  )
}

function RemoveMember({ member }: { readonly member: Member }): ReactNode {
  const { userId, name } = member
  return (
    <ConfirmedChange
      change={() => apiClient.members.remove.mutate({ userId })}
      stale={api.members.pathKey()}
      title={text.removeTitle(name)}
      action={text.removeAction}
      text={text.removeText}
      button={(ask) => (
        <IconButton size="small" icon={UserMinus} label={text.removeFor(name)} onClick={ask} />
      )}
    />
  )
}
