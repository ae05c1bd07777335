import { Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SchemaChange } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { changesText } from '../strings/changes.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { ChangeText } from './change-text.tsx'
import { DecisionButtons } from './decision-buttons.tsx'
import { nameOf, wordFor } from './decision-words.ts'
import { hasRejected, ReadAgain } from './read-again.tsx'
import type { Decide } from './use-decide.ts'
import { useNextRow } from './use-next-row.ts'

interface ChangesListProps {
  readonly changes: readonly SchemaChange[]
  /** They wait; else they were decided, by themselves or with the new name that their column goes on with. */
  readonly open: boolean
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
  readonly deciding: Decide
}

/** Changes one below the other: what changed, what the next run does, and the decision. */
export function ChangesList({ changes, open, chosen, onChoose, deciding }: ChangesListProps): ReactNode {
  const may = useMay()
  const canDecide = may('changes.decide')
  const { list, onDecide } = useNextRow(changes, deciding.busy)
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    onChoose(next)
  }
  return (
    <ul ref={list} className="bg-surface divide-y rounded-lg border">
      {changes.map((change) => (
        <li key={change.id} className="flex flex-wrap items-start gap-x-3 gap-y-2 px-3 py-(--line-padding)">
          {canDecide && open && (
            <span className="max-sm:hidden">
              <Checkbox
                hideLabel
                label={changesText.select(nameOf(change))}
                checked={chosen.has(change.id)}
                onChange={(on) => toggle(change.id, on)}
              />
            </span>
          )}
          <ChangeText change={change} open={open} />
          {canDecide && open && <DecisionButtons {...{ change, deciding, onDecide }} />}
          {change.decision !== null && (
            <Decided change={change} deciding={canDecide ? deciding : undefined} />
          )}
        </li>
      ))}
    </ul>
  )
}

interface DecidedProps {
  readonly change: SchemaChange
  readonly deciding: Decide | undefined
}

function Decided({ change, deciding }: DecidedProps): ReactNode {
  const { id, decision, decidedBy, decidedAt } = change
  return (
    <div className="flex flex-wrap items-center gap-3 max-sm:w-full max-sm:justify-between">
      <div className="sm:text-right">
        <div className="font-medium">{decision && wordFor(change, decision)}</div>
        <div className="text-muted text-xs">
          {decidedBy && `${changesText.decidedBy(decidedBy)} · `}
          <RelativeTime at={decidedAt} />
        </div>
      </div>
      {hasRejected(change) && <ReadAgain change={change} />}
      {deciding && (
        <Button size="small" icon={Undo2} disabled={deciding.busy} onClick={() => deciding.undo([id])}>
          {changesText.undo}
        </Button>
      )}
    </div>
  )
}
