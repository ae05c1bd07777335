import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { settingsText } from '../strings/settings.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Facts } from '../ui/facts.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Name } from '../ui/name.tsx'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { HashedPipelines } from './hashed-pipelines.tsx'
import { useChange } from './use-change.ts'

const text = settingsText.hashKey

type HashKeys = Answers['settings']['hashKey']

/** What may be known of the keys that hash fields: versions and fingerprints, never a key; and a new one beside them. */
export function HashKeySection(): ReactNode {
  const key = useQuery(api.settings.hashKey.queryOptions())
  const hashing = useQuery(
    api.settings.hashing.queryOptions(undefined, {
      // A re-sync may be under way.
      refetchInterval: ({ state }) => (state.data?.some(hasOlder) ? 5_000 : false),
    }),
  )
  return (
    <div className="space-y-4">
      <Card title={settingsText.sections['hash-key']} description={text.description}>
        <Loaded query={key} sentence={sentenceOf}>
          {(newest) => (
            <>
              <KeyFacts {...newest} />
              {newest.earlier.length > 0 && <EarlierKeys keys={newest.earlier} />}
              <Rotate version={newest.version} pipelines={hashing.data ?? []} />
            </>
          )}
        </Loaded>
        <div className="mt-4">
          <Notice tone="idle">{text.note}</Notice>
        </div>
      </Card>
      <Card title={text.hashing} description={text.hashingHint}>
        <Loaded query={hashing} sentence={sentenceOf} rows={2}>
          {(pipelines) => <HashedPipelines pipelines={pipelines} version={key.data?.version} />}
        </Loaded>
      </Card>
    </div>
  )
}

function hasOlder({ objects }: Answers['settings']['hashing'][number]): boolean {
  return objects.some(({ older }) => older)
}

function KeyFacts({ version, fingerprint, createdAt, createdBy }: HashKeys['earlier'][number]): ReactNode {
  return (
    <Facts
      facts={[
        [text.version, text.versionOf(version)],
        [
          text.fingerprint,
          <code key="fingerprint" className="font-mono text-xs break-all">
            {fingerprint}
          </code>,
        ],
        [text.created, <RelativeTime key="created" at={createdAt} />],
        [text.by, createdBy ?? text.withWorkspace],
      ]}
    />
  )
}

function EarlierKeys({ keys }: { readonly keys: HashKeys['earlier'] }): ReactNode {
  return (
    <details className="mt-4">
      <summary className="font-medium">{text.earlier(keys.length)}</summary>
      <div className="mt-2 space-y-4">
        {keys.map((key) => (
          <KeyFacts key={key.version} {...key} />
        ))}
      </div>
    </details>
  )
}

interface RotateProps {
  readonly version: number
  readonly pipelines: Answers['settings']['hashing']
}

/** Asks for a new key, after saying what it means for which tables. */
function Rotate({ version, pipelines }: RotateProps): ReactNode {
  const [asking, setAsking] = useState(false)
  const rotate = useChange({
    change: () => apiClient.settings.rotateHashKey.mutate({ version, confirm: 'ROTATE' }),
    stale: api.settings.pathKey(),
    done: text.rotated(version + 1),
    onDone: () => setAsking(false),
  })
  return (
    <div className="mt-4">
      <Button look="danger" icon={RefreshCw} onClick={() => setAsking(true)}>
        {text.rotate}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={text.rotateTitle}
        action={text.rotateAction}
        typed="ROTATE"
        busy={rotate.isPending}
        onConfirm={() => rotate.mutate(undefined)}
      >
        <p>{text.rotateText(version + 1)}</p>
        <p>{pipelines.length === 0 ? text.nothingHashed : text.concerns}</p>
        <ul className="max-h-40 list-disc overflow-y-auto pl-5">
          {pipelines.map(({ pipelineId, name, objects }) => (
            <li key={pipelineId}>
              <Name className="text-text font-medium">{name}</Name>:{' '}
              {objects.map(({ object }) => object).join(', ')}
            </li>
          ))}
        </ul>
      </ConfirmDialog>
    </div>
  )
}
