import type { ReactNode } from 'react'

interface FactsProps {
  readonly facts: readonly (readonly [string, ReactNode])[]
}

/** Facts as a list of names and values. */
export function Facts({ facts }: FactsProps): ReactNode {
  return (
    <dl className="grid gap-x-4 sm:gap-x-6 gap-y-1.5 grid-cols-[7rem_1fr] sm:grid-cols-[10rem_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted min-w-0 [overflow-wrap:anywhere]">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
