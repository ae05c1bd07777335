import type { ReactNode } from 'react'
import type { SchemaChange } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { changesText } from '../strings/changes.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { classNames } from '../ui/class-names.ts'
import { decisionsFor, wordFor } from './decision-words.ts'
import type { Decide } from './use-decide.ts'

interface ChangesBarProps {
  readonly selected: readonly SchemaChange[]
  /** How many could be selected. */
  readonly all: number
  readonly onAll: (on: boolean) => void
  readonly deciding: Decide
}

/** Selects all changes that are shown, or none, and decides the selected ones in the same way. */
export function ChangesBar({ selected, all, onAll, deciding }: ChangesBarProps): ReactNode {
  const may = useMay()
  const some = selected.length > 0
  const kinds = new Set(selected.map(({ kind }) => kind))
  // Changes of different kinds are decided in the words for new fields, and one that vanished is noted with each.
  const kind = kinds.size === 1 ? (selected[0]?.kind ?? 'added') : 'added'
  const applied = selected.every((one) => one.applied !== 'none') ? (selected[0]?.applied ?? 'none') : 'none'
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
        checked={selected.length === all ? true : some ? 'indeterminate' : false}
        onChange={onAll}
      />
      <span aria-live="polite" className="text-accent flex-1 pl-2 font-medium">
        {some && changesText.selected(selected.length)}
      </span>
      {some &&
        decisionsFor(kind).map((decision) => (
          <Button
            key={decision}
            size="small"
            disabled={deciding.busy}
            onClick={() => deciding.decide({ changes: selected, decision })}
          >
            {wordFor({ kind, continues: null, applied }, decision)}
          </Button>
        ))}
    </div>
  )
}
