import { useMutation } from '@tanstack/react-query'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import type { SchemaChange } from '../api/answers.ts'
import { apiClient, sentenceOf } from '../api/client.ts'
import { changesText } from '../strings/changes.ts'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { SqlText } from '../ui/sql-text.tsx'
import { nameOf, recommended, wordFor } from './decision-words.ts'

/**
 * The statements that the next run would send to the destination, with the decision that is in force or, before there is one, the one that
 * suits most. The destination is asked when someone wants to see them.
 */
export function ChangeStatements({ change }: { readonly change: SchemaChange }): ReactNode {
  const [open, setOpen] = useState(false)
  const id = useId()
  const decision = change.decision ?? recommended(change)
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      apiClient.changes.plan.mutate({
        id: change.id,
        decision,
        ...(change.continues ? { continues: change.continues } : {}),
      }),
  })
  const toggle = (): void => {
    if (!open) mutate()
    setOpen(!open)
  }
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <div className="mt-1">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        aria-label={changesText.statementsFor(nameOf(change))}
        onClick={toggle}
        className="text-muted hover:text-text -ml-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1 text-xs font-medium"
      >
        <Chevron aria-hidden size={13} />
        {changesText.statements}
      </button>
      <div id={id} hidden={!open} aria-live="polite" className="mt-1">
        {isPending && <Skeleton className="h-12 w-full" />}
        {error && <ErrorBanner message={sentenceOf(error)} onRetry={() => mutate()} />}
        {data && !isPending && (
          <Statements statements={data.statements} decision={wordFor(change, decision)} />
        )}
      </div>
    </div>
  )
}

interface StatementsProps {
  readonly statements: readonly string[]
  readonly decision: string
}

function Statements({ statements, decision }: StatementsProps): ReactNode {
  return (
    <>
      <p className="text-muted mb-1 text-xs">{changesText.statementsWith(decision)}</p>
      {statements.length === 0 ? (
        <p>{changesText.statementsNone}</p>
      ) : (
        <SqlText
          statements={statements}
          label={changesText.statements}
          copyLabel={changesText.copyStatements}
          className="max-h-40"
        />
      )}
    </>
  )
}
