import type { ReactNode } from 'react'
import { connectionsText } from '../strings/connections.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'

interface ConnectBarProps {
  /** Why it was refused: beside the button that was pressed, wherever the form is scrolled to. */
  readonly refusal: string | undefined
  readonly busy: boolean
  /** The form is being sent, as its label says; a sign-in is busy without that. */
  readonly connecting: boolean
  readonly onBack?: (() => void) | undefined
}

/** The end of a connection's form, always in sight. */
export function ConnectBar({ refusal, busy, connecting, onBack }: ConnectBarProps): ReactNode {
  return (
    <div className="bg-surface sticky -bottom-4 -mx-5 -mb-4 space-y-3 border-t px-5 py-3 sm:rounded-b-xl">
      {refusal !== undefined && <ErrorBanner message={refusal} />}
      <div className="flex justify-end gap-2">
        {onBack && <Button onClick={onBack}>{connectionsText.back}</Button>}
        <Button type="submit" look="primary" busy={busy}>
          {connecting ? connectionsText.connecting : connectionsText.connect}
        </Button>
      </div>
    </div>
  )
}
