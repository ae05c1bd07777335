import { CircleX, LockKeyhole, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { uiText } from '../strings/ui.ts'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'

interface ErrorBannerProps {
  readonly title?: string
  readonly message: string
  readonly onRetry?: (() => void) | undefined
  readonly children?: ReactNode
}

/** What did not work, what to do, and a way to try again; what was on the screen before stays below. */
export function ErrorBanner({ title, message, onRetry, children }: ErrorBannerProps): ReactNode {
  return (
    <div role="alert" className="bg-bad-soft text-bad flex flex-wrap items-start gap-3 rounded-lg px-4 py-2">
      <CircleX aria-hidden size={16} className="mt-1.5 shrink-0" />
      <div className="min-w-0 flex-1 py-1">
        {title && <p className="font-semibold">{title}</p>}
        <p className="break-words">{message}</p>
        {children}
      </div>
      {onRetry && (
        <Button size="small" icon={RotateCw} onClick={onRetry}>
          {uiText.retry}
        </Button>
      )}
    </div>
  )
}

/** In place of what the reader's role does not allow. */
export function NoPermission({ message }: { readonly message: string }): ReactNode {
  return (
    <EmptyState icon={LockKeyhole} title={uiText.noPermission}>
      {message}
    </EmptyState>
  )
}
