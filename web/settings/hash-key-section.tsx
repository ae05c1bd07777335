import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api, sentenceOf } from '../api/client.ts'
import { settingsText } from '../strings/settings.ts'
import { Card } from '../ui/card.tsx'
import { Facts } from '../ui/facts.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'

const text = settingsText.hashKey

/** What may be known of the key that hashes fields: its version and fingerprint, never the key. */
export function HashKeySection(): ReactNode {
  const key = useQuery(api.settings.hashKey.queryOptions())
  return (
    <Card title={settingsText.sections['hash-key']} description={text.description}>
      <Loaded query={key} sentence={sentenceOf}>
        {({ version, fingerprint, createdAt }) => (
          <Facts
            facts={[
              [text.version, String(version)],
              [
                text.fingerprint,
                <code key="fingerprint" className="font-mono text-xs break-all">
                  {fingerprint}
                </code>,
              ],
              [text.created, <RelativeTime key="created" at={createdAt} />],
            ]}
          />
        )}
      </Loaded>
      <div className="mt-4">
        <Notice tone="idle">{text.note}</Notice>
      </div>
    </Card>
  )
}
