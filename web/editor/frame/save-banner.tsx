import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorBanner } from '../../ui/error-banner.tsx'
import type { SaveState } from '../saving/draft-saver.ts'

interface SaveBannerProps {
  readonly save: SaveState
  readonly onRetry: () => void
  readonly onDecide: () => void
}

/** Stays in sight while a draft was refused, or someone else's waits for a decision: nothing is lost, but the server does not have it. */
export function SaveBanner({ save, onRetry, onDecide }: SaveBannerProps): ReactNode {
  if (save.kind === 'conflict')
    return (
      <div className="bg-warn-soft text-warn flex flex-wrap items-center gap-3 border-b px-4 py-2">
        <p className="min-w-0 flex-1 font-medium">
          {words.conflictTitle(save.theirs.savedBy ?? words.someone)}
        </p>
        <Button size="small" onClick={onDecide}>
          {words.decide}
        </Button>
      </div>
    )
  if (save.kind !== 'failed') return null
  return (
    <div className="border-b p-2">
      <ErrorBanner
        message={save.signedOut ? words.signedOutBanner : words.failedBanner(save.message)}
        onRetry={onRetry}
      />
    </div>
  )
}
