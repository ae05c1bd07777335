import { lazy, type ReactNode, Suspense, useState } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Badge } from '../../ui/badge.tsx'

const VersionsDialog = lazy(async () => ({
  default: (await import('./versions-dialog.tsx')).VersionsDialog,
}))

interface VersionChipProps {
  readonly pipelineId: string
  /** The live version; null: never published. */
  readonly version: number | null
  readonly changed: boolean
}

/** Which version is live, and whether the draft is another one; it opens the list of all versions. */
export function VersionChip({ pipelineId, version, changed }: VersionChipProps): ReactNode {
  const [open, setOpen] = useState(false)
  if (version === null) return <Badge tone="idle">{words.draft}</Badge>
  const text = changed ? words.liveChanged(version) : words.live(version)
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={words.openVersions(text)}
        className="inline-flex h-6 min-w-0 items-center rounded-full hover:underline"
        onClick={() => setOpen(true)}
      >
        <Badge tone={changed ? 'review' : 'ok'}>{text}</Badge>
      </button>
      {open && (
        <Suspense fallback={null}>
          <VersionsDialog {...{ pipelineId, changed }} live={version} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
