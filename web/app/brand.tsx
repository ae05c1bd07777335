import type { ReactNode } from 'react'

/** The mark: a pipe that turns, and its gate. */
export function Mark({ size = 24 }: { readonly size?: number }): ReactNode {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 32 32">
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path
        d="M6 11h9a6 6 0 0 1 6 6v9"
        fill="none"
        strokeWidth="4.5"
        strokeLinecap="round"
        className="stroke-on-accent"
      />
      <path d="M15.5 5.5v11" strokeWidth="3" strokeLinecap="round" className="stroke-accent-soft" />
    </svg>
  )
}
