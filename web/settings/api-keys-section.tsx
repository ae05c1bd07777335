import { useQuery } from '@tanstack/react-query'
import { KeySquare, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { appText } from '../strings/app.ts'
import { settingsText } from '../strings/settings.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Name } from '../ui/name.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { ApiKeyDialog } from './api-key-dialog.tsx'
import { ConfirmedChange } from './confirmed-change.tsx'

const text = settingsText.apiKeys
type ApiKey = Answers['apiKeys']['list']['items'][number]

/** Keys of programs. A key is shown once, when it is made. */
export function ApiKeysSection(): ReactNode {
  const keys = useQuery(api.apiKeys.list.queryOptions())
  const [adding, setAdding] = useState(false)
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <p className="text-muted min-w-0 flex-1 basis-64">
          {text.description}{' '}
          <a href="/api/openapi.json" target="_blank" rel="noreferrer" className="text-accent underline">
            {text.docs}
          </a>
        </p>
        <Button look="primary" icon={Plus} onClick={() => setAdding(true)}>
          {text.add}
        </Button>
      </div>
      <Loaded query={keys} sentence={sentenceOf}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={KeySquare} title={text.none}>
              {text.noneHint}
            </EmptyState>
          ) : (
            <KeysTable keys={items} />
          )
        }
      </Loaded>
      {adding && <ApiKeyDialog onClose={() => setAdding(false)} />}
    </>
  )
}

function KeysTable({ keys }: { readonly keys: readonly ApiKey[] }): ReactNode {
  return (
    <Table label={settingsText.sections['api-keys']}>
      <TableHead>
        <HeadCell>{text.name}</HeadCell>
        <HeadCell>{text.role}</HeadCell>
        <HeadCell className="max-md:hidden">{text.created}</HeadCell>
        <HeadCell className="max-sm:hidden">{text.lastUsed}</HeadCell>
        <HeadCell className="max-md:hidden">{text.until}</HeadCell>
        <HeadCell>
          <span className="sr-only">{text.revoke}</span>
        </HeadCell>
      </TableHead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} />
        ))}
      </tbody>
    </Table>
  )
}

function KeyRow({ apiKey }: { readonly apiKey: ApiKey }): ReactNode {
  const { id, name, role, hint, createdAt, lastUsedAt, expiresAt } = apiKey
  return (
    <Row>
      <Cell>
        <div className="font-medium wrap-anywhere">
          <Name>{name}</Name>
        </div>
        <code className="text-muted font-mono text-xs">{hint}…</code>
        <div className="text-muted text-xs md:hidden">
          {text.until}: <RelativeTime at={expiresAt} absent={text.noEnd} />
        </div>
      </Cell>
      <Cell>{appText.roles[role]}</Cell>
      <Cell className="max-md:hidden">
        <RelativeTime at={createdAt} />
      </Cell>
      <Cell className="max-sm:hidden">
        <RelativeTime at={lastUsedAt} />
      </Cell>
      <Cell className="max-md:hidden">
        <RelativeTime at={expiresAt} absent={text.noEnd} />
      </Cell>
      <Cell className="text-right">
        <ConfirmedChange
          change={() => apiClient.apiKeys.revoke.mutate({ id })}
          stale={api.apiKeys.pathKey()}
          title={text.revokeTitle(name)}
          action={text.revoke}
          text={text.revokeText}
          button={(ask) => (
            <Button size="small" look="danger" aria-label={text.revokeFor(name)} onClick={ask}>
              {text.revoke}
            </Button>
          )}
        />
      </Cell>
    </Row>
  )
}
