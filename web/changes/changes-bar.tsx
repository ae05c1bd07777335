import type { ReactNode } from 'react'
import { changesText } from '../strings/changes.ts'
import { Button } from '../ui/button.tsx'
import { type Decide, decisions } from './use-decide.ts'

interface ChangesBarProps {
  readonly ids: readonly string[]
  readonly deciding: Decide
}

/** Decides all selected changes in the same way. */
export function ChangesBar({ ids, deciding }: ChangesBarProps): ReactNode {
  return (
    <div className="bg-accent-soft mb-2 flex flex-wrap items-center gap-2 rounded-lg px-3 py-1.5">
      <span aria-live="polite" className="text-accent flex-1 font-medium">
        {changesText.selected(ids.length)}
      </span>
      {decisions.map((decision) => (
        <Button
          key={decision}
          size="small"
          disabled={deciding.busy}
          onClick={() => deciding.decide({ ids, decision })}
        >
          {changesText.decisions[decision]}
        </Button>
      ))}
    </div>
  )
}
