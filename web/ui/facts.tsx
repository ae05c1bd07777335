import type { ReactNode } from 'react'

interface FactsProps {
  readonly facts: readonly (readonly [string, ReactNode])[]
}

/** Facts as a list of names and values. */
export function Facts({ facts }: FactsProps): ReactNode {
  return (
    <dl className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[10rem_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted max-sm:mt-1">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
