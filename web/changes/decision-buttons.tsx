import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SchemaChange } from '../api/answers.ts'
import { changesText } from '../strings/changes.ts'
import { Button } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import { decisionsFor, nameOf, recommended, wordFor } from './decision-words.ts'
import type { Decide } from './use-decide.ts'
import type { NextRow } from './use-next-row.ts'

interface DecisionButtonsProps {
  readonly change: SchemaChange
  readonly deciding: Decide
  readonly onDecide: NextRow['onDecide']
}

/** The decisions about one change. Where fields of its object vanished, the new one may be another name of one of them. */
export function DecisionButtons({ change, deciding, onDecide }: DecisionButtonsProps): ReactNode {
  const { kind, severity, mayContinue } = change
  const changes = [change]
  return (
    <div className="flex flex-wrap gap-1.5">
      {decisionsFor(kind).map((decision) => (
        <Button
          key={decision}
          size="small"
          look={
            severity !== 'info' && kind !== 'removed' && decision === recommended(change)
              ? 'primary'
              : 'plain'
          }
          disabled={deciding.busy}
          data-decision={decision}
          onClick={() => {
            onDecide(change.id, decision)
            deciding.decide({ changes, decision })
          }}
        >
          {wordFor(change, decision)}
        </Button>
      ))}
      {mayContinue.length > 0 && (
        <Menu
          label={changesText.renamedFor(nameOf(change))}
          trigger={
            <Button size="small" icon={ChevronDown} disabled={deciding.busy}>
              {changesText.renamed}
            </Button>
          }
          items={mayContinue.map((continues) => ({
            label: changesText.renamedFrom(continues),
            onSelect: () => deciding.decide({ changes, decision: 'continue', continues }),
          }))}
        />
      )}
    </div>
  )
}
