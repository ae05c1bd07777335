import type { ReactNode } from 'react'
import type { OwnConnector } from '../api/answers.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { Badge } from '../ui/badge.tsx'

/** Whether a workspace's own connector is published, and whether its draft is further on. */
export function OwnState({ own }: { readonly own: OwnConnector }): ReactNode {
  const { publishedVersion, changed } = own
  if (publishedVersion === null) return <Badge tone="review">{words.draftOnly}</Badge>
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <Badge tone="ok">{words.version(publishedVersion)}</Badge>
      {changed && <Badge tone="review">{words.draftDiffers}</Badge>}
    </span>
  )
}
