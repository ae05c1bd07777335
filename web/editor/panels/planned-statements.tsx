import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { apiClient, sentenceOf } from '../../api/client.ts'
import { panelStrings as words } from '../../strings/editor-panels.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorBanner } from '../../ui/error-banner.tsx'
import { SqlText } from '../../ui/sql-text.tsx'
import { countErrors } from '../document/problem.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'

/** The CREATE and ALTER statements of the next run, asked of the destination itself as it is now. */
export function PlannedStatements(): ReactNode {
  const store = useEditorStore()
  const chosen = useEditor((state) => state.content.document.destination?.connection !== undefined)
  const sound = countErrors(useSurroundings().problems) === 0
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => apiClient.pipelines.plan.mutate({ document: { ...store.getState().content.document } }),
  })
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{words.statements}</h3>
        {chosen && sound && (
          <Button size="small" busy={isPending} onClick={() => mutate()}>
            {data ? words.showAgain : words.show}
          </Button>
        )}
      </div>
      <p className="text-muted">{chosen && sound ? words.statementsHint : words.statementsLater}</p>
      {error && <ErrorBanner message={sentenceOf(error)} />}
      {data && <Statements sql={data.statements.map((one) => one.sql)} note={data.note} />}
    </section>
  )
}

function Statements({ sql, note }: { readonly sql: readonly string[]; readonly note: string }): ReactNode {
  if (sql.length === 0) return <p role="status">{words.statementsNone}</p>
  return (
    <>
      <SqlText
        statements={sql}
        label={words.statements}
        copyLabel={words.copyStatements}
        className="max-h-72"
      />
      {note && <p className="text-muted">{note}</p>}
    </>
  )
}
