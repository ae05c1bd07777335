import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { ErrorBanner } from '../../ui/error-banner.tsx'
import type { SaveState } from '../saving/draft-saver.ts'

interface SaveBannerProps {
  readonly save: SaveState
  readonly onRetry: () => void
}

/** Stays in sight while a draft was refused: nothing is lost, but the server does not have it. */
export function SaveBanner({ save, onRetry }: SaveBannerProps): ReactNode {
  if (save.kind !== 'failed') return null
  return (
    <div className="border-b p-2">
      <ErrorBanner message={words.failedBanner(save.message)} onRetry={onRetry} />
    </div>
  )
}
