import type { ReactNode } from 'react'
import { useMay } from '../api/session.ts'
import { changesText } from '../strings/changes.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { classNames } from '../ui/class-names.ts'
import { type Decide, decisions } from './use-decide.ts'

interface ChangesBarProps {
  readonly ids: readonly string[]
  /** How many could be selected. */
  readonly all: number
  readonly onAll: (on: boolean) => void
  readonly deciding: Decide
}

/** Selects all changes that are shown, or none, and decides the selected ones in the same way. */
export function ChangesBar({ ids, all, onAll, deciding }: ChangesBarProps): ReactNode {
  const may = useMay()
  const some = ids.length > 0
  if (!may('changes.decide')) return null
  return (
    <div
      className={classNames(
        'mb-2 flex min-h-10 flex-wrap items-center gap-2 rounded-lg px-3 py-1.5',
        some && 'bg-accent-soft',
      )}
    >
      <Checkbox
        label={changesText.selectAll}
        checked={ids.length === all ? true : some ? 'indeterminate' : false}
        onChange={onAll}
      />
      <span aria-live="polite" className="text-accent flex-1 pl-2 font-medium">
        {some && changesText.selected(ids.length)}
      </span>
      {some &&
        decisions.map((decision) => (
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
