import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface TableProps {
  /** What the table shows, for a screen reader. */
  readonly label: string
  readonly children: ReactNode
  /** Keeps the header in sight within this height. */
  readonly maxHeight?: string
  readonly className?: string
}

/** A table of rows in a frame. It scrolls by itself where the window is too narrow for it. */
export function Table({ label, children, maxHeight, className }: TableProps): ReactNode {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      style={{ maxHeight }}
      className={classNames('bg-surface overflow-auto rounded-lg border', className)}
    >
      <table className="w-full border-collapse text-left">{children}</table>
    </div>
  )
}

/** The row of headings. */
export function TableHead({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <thead className="bg-surface sticky top-0 z-10">
      <tr className="border-b">{children}</tr>
    </thead>
  )
}

/** A heading. */
export function HeadCell({ className, ...cell }: ComponentProps<'th'>): ReactNode {
  return (
    <th
      scope="col"
      {...cell}
      className={classNames('text-muted h-9 px-3 text-xs font-medium whitespace-nowrap', className)}
    />
  )
}

/** A row of cells. */
export function Row({ className, ...row }: ComponentProps<'tr'>): ReactNode {
  return <tr {...row} className={classNames('hover:bg-canvas border-b last:border-b-0', className)} />
}

/** A cell. */
export function Cell({ className, ...cell }: ComponentProps<'td'>): ReactNode {
  return (
    <td
      {...cell}
      className={classNames('h-(--row-height) px-3 py-(--row-padding) align-middle', className)}
    />
  )
}

/** A number: to the right, in figures of one width. */
export function NumberCell({ className, ...cell }: ComponentProps<'td'>): ReactNode {
  return (
    <td
      {...cell}
      className={classNames(
        'tabular h-(--row-height) px-3 py-(--row-padding) text-right align-middle whitespace-nowrap',
        className,
      )}
    />
  )
}
