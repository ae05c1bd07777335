import type { ReactNode } from 'react'

interface CardProps {
  readonly title: string
  readonly description?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of a page in a frame, with its heading. */
export function Card({ title, description, actions, children }: CardProps): ReactNode {
  return (
    <section className="bg-surface rounded-lg border">
      <header className="flex flex-wrap items-start gap-3 border-b px-4 py-3">
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="text-base font-semibold">{title}</h2>
          {description && <div className="text-muted mt-0.5">{description}</div>}
        </div>
        {actions}
      </header>
      <div className="p-4">{children}</div>
    </section>
  )
}
