import type { ReactNode } from 'react'
import { uiText } from '../strings/ui.ts'
import { useWindowTitle } from '../ui/use-window-title.ts'

interface AccessFrameProps {
  readonly title: string
  readonly description?: ReactNode
  readonly children: ReactNode
}

/** The frame of what is seen before signing in: one card in the middle. */
export function AccessFrame({ title, description, children }: AccessFrameProps): ReactNode {
  useWindowTitle(title)
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-[max(2rem,12dvh)]">
      <div className="mb-6 flex items-center gap-2.5 text-lg font-semibold">
        <img src="/favicon.svg" alt="" className="size-8" />
        {uiText.product}
      </div>
      <div className="bg-surface w-full max-w-md rounded-xl border p-6">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {description && <div className="text-muted mt-1 text-pretty">{description}</div>}
        <div className="mt-5">{children}</div>
      </div>
    </main>
  )
}
